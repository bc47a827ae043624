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

  /**
   * PKCS#12 stores.
   *
   * @param password where their password is; null to make one, which is then in the Secret itself
   *     as {@code keystore.password}
   */
  public record Stores(@Nullable PasswordKey password) {}

  /** A key of another Secret of the same namespace. */
  public record PasswordKey(String secret, String key) {}
}
