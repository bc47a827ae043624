package dev.perch.certmon.issue;

/** Why a certificate is revoked (RFC 5280 §5.3.1). */
public enum RevocationReason {
  UNSPECIFIED(0, "unspecified"),
  KEY_COMPROMISE(1, "keyCompromise"),
  CA_COMPROMISE(2, "cACompromise"),
  AFFILIATION_CHANGED(3, "affiliationChanged"),
  SUPERSEDED(4, "superseded"),
  CESSATION_OF_OPERATION(5, "cessationOfOperation");

  private final int code;
  private final String text;

  RevocationReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  /** As RFC 5280 spells it. */
  @Override
  public String toString() {
    return text;
  }
}
