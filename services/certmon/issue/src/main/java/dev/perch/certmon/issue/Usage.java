package dev.perch.certmon.issue;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What a certificate may be used for in TLS (RFC 5280 §4.2.1.12). */
public enum Usage {
  SERVER(KeyPurposeId.id_kp_serverAuth),
  CLIENT(KeyPurposeId.id_kp_clientAuth);

  private final KeyPurposeId purpose;

  Usage(KeyPurposeId purpose) {
    this.purpose = purpose;
  }

  KeyPurposeId purpose() {
    return purpose;
  }
}
