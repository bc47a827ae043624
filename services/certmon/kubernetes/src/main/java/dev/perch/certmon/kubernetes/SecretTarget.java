package dev.perch.certmon.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * Where a certificate is published and in which forms. PEM is always there: {@code tls.crt}, {@code
 * tls.key} and {@code ca.crt}.
 *
 * @param stores adds {@code keystore.p12} and {@code truststore.p12}; null for none
 */
public record SecretTarget(SecretName name, @Nullable Stores stores) {

  /** PEM only. */
  public static SecretTarget of(String namespace, String name) {
    return new SecretTarget(new SecretName(namespace, name), null);
  }

  /** PKCS#12 stores. */
  public record Stores(Password password) {}

  /** Where the password of stores comes from. */
  public sealed interface Password {

    /** It is made, and is in the Secret itself as {@code keystore.password}. */
    record Made() implements Password {}

    /** Whoever reads the stores knows it: it is in no Secret that is written. */
    record Known(String text) implements Password {

      /** Without the password. */
      @Override
      public String toString() {
        return "Known[]";
      }
    }

    /** It is a key of another Secret of the same namespace. */
    record Elsewhere(String secret, String key) implements Password {}
  }
}
