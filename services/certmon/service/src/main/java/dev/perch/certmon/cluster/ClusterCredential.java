package dev.perch.certmon.cluster;

import dev.perch.certmon.credential.CredentialKind;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.kubernetes.Credential;
import java.util.function.Consumer;

/** The secrets that a cluster knows us by: a token, or a certificate with its key. */
enum ClusterCredential implements CredentialKind {
  TOKEN("token", "Use the token of a service account, in one line.", Credential.Token::new),
  CLIENT_CERTIFICATE(
      "clientCertificate", "Use a certificate for clients in PEM.", text -> Chain.fromPem(text)),
  /** It is read with its certificate. */
  CLIENT_KEY(
      "clientKey",
      "Use the certificate's key in PEM, not encrypted.",
      text -> require(text.contains(" PRIVATE KEY-----")));

  private static final int LONGEST = 65_536;

  private final String field;
  private final String remedy;
  private final Consumer<String> parser;

  ClusterCredential(String field, String remedy, Consumer<String> parser) {
    this.field = field;
    this.remedy = remedy;
    this.parser = parser;
  }

  @Override
  public String field() {
    return field;
  }

  @Override
  public String remedy() {
    return remedy;
  }

  @Override
  public boolean accepts(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    try {
      parser.accept(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not a key");
    }
  }
}
