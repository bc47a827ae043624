package dev.perch.contract.certmon;

/** What keys are made of. */
public enum KeyAlgorithm {
  /** ECDSA over NIST P-256: what is taken unless something else is asked for. */
  P256,
  P384,
  RSA_2048,
  RSA_3072,
  RSA_4096,
  ED25519
}
