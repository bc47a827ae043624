package dev.perch.certmon.certificate;

import dev.perch.certmon.secret.StoreCredential;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as an operator gives them. They are sealed and never shown.
 *
 * @param pkcs12Password of the PKCS #12 stores
 */
public record StoreCredentials(@Nullable String pkcs12Password) {

  static StoreCredentials of(Map<StoreCredential, String> given) {
    return new StoreCredentials(given.get(StoreCredential.PKCS12_PASSWORD));
  }

  Map<StoreCredential, String> given() {
    return pkcs12Password == null
        ? Map.of()
        : Map.of(StoreCredential.PKCS12_PASSWORD, pkcs12Password);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "StoreCredentials" + given().keySet();
  }
}
