package dev.perch.certmon.issuer;

import dev.perch.certmon.credential.CredentialKind;
import dev.perch.contract.certmon.Issuer;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;

/** The secrets that issuers elsewhere want of us. */
enum Credential implements CredentialKind {
  /** Of the account outside of ACME that ours is bound to (RFC 8555 §7.3.4). */
  EXTERNAL_MAC(
      "externalMac",
      "Use the MAC key as the authority gave it: base64url.",
      text -> Base64.getUrlDecoder().decode(text)),
  /** What updates of a zone are signed with. */
  TSIG_SECRET(
      "tsigSecret",
      "Use the secret as in the name server's configuration: base64.",
      text -> Base64.getDecoder().decode(text)),
  /** What the webhook is shown. */
  WEBHOOK_TOKEN("webhookToken", "Use up to 4096 printable ASCII characters.", Credential::token),
  /** What requests to a CSR API are authenticated with. */
  API_KEY(
      "apiKey",
      "Use the key as in the API's configuration: hexadecimal.",
      text -> HexFormat.of().parseHex(text));

  private static final int LONGEST = 4096;

  private final String field;
  private final String remedy;
  private final Consumer<String> parser;

  Credential(String field, String remedy, Consumer<String> parser) {
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

  /** Those without which an issuer cannot work. */
  static Set<Credential> neededBy(Issuer.Acme acme) {
    Set<Credential> needed = EnumSet.noneOf(Credential.class);
    if (acme.externalKeyId() != null) {
      needed.add(EXTERNAL_MAC);
    }
    if (acme.solvers().dnsUpdate() != null) {
      needed.add(TSIG_SECRET);
    }
    return needed;
  }

  /** Those that an issuer can use. */
  static Set<Credential> usedBy(Issuer.Acme acme) {
    Set<Credential> used = neededBy(acme);
    if (acme.solvers().dnsWebhook() != null) {
      used.add(WEBHOOK_TOKEN);
    }
    return used;
  }

  private static void token(String text) {
    if (!text.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
      throw new IllegalArgumentException("not printable");
    }
  }
}
