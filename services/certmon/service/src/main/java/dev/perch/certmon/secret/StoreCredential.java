package dev.perch.certmon.secret;

import dev.perch.certmon.credential.CredentialKind;

/** The secrets that whoever reads a certificate's stores has. */
public enum StoreCredential implements CredentialKind {
  PKCS12_PASSWORD;

  private static final int SHORTEST = 8;
  private static final int LONGEST = 128;

  @Override
  public String field() {
    return "pkcs12Password";
  }

  @Override
  public String remedy() {
    return "Use %d to %d printable ASCII characters.".formatted(SHORTEST, LONGEST);
  }

  /** Others than ASCII are not the same to all who read stores. */
  @Override
  public boolean accepts(String text) {
    return text.length() >= SHORTEST
        && text.length() <= LONGEST
        && text.chars().allMatch(letter -> letter >= ' ' && letter < 127);
  }
}
