package dev.perch.certmon.kubernetes;

import dev.perch.certmon.kubernetes.SecretTarget.Password;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of a Secret that hold its PKCS#12 stores. */
final class StoreKeys {
  private static final Part KEYSTORE = Part.data("keystore.p12");
  private static final Part TRUSTSTORE = Part.data("truststore.p12");
  private static final Part PASSWORD = Part.data("keystore.password");
  private static final Set<String> ALL =
      Set.of(KEYSTORE.toString(), TRUSTSTORE.toString(), PASSWORD.toString());
  private static final int PASSWORD_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Reader secrets;

  /** Reads Secrets. */
  interface Reader {
    Optional<ExistingSecret> read(SecretName name) throws ApiFailure;
  }

  StoreKeys(Reader secrets) {
    this.secrets = secrets;
  }

  /** Whether this part of a Secret is other bytes each time it is made. */
  static boolean isMadeAnew(String part) {
    return ALL.contains(part);
  }

  /**
   * @param found the Secret as it is: stores and a password of it that are right are kept
   */
  Map<String, byte[]> make(
      SecretName name,
      SecretTarget.Stores stores,
      Material material,
      Optional<ExistingSecret> found)
      throws ApiFailure {
    Map<String, byte[]> content = new HashMap<>();
    String password =
        switch (stores.password()) {
          case Password.Made made ->
              found.flatMap(secret -> secret.text(PASSWORD)).orElseGet(StoreKeys::newPassword);
          case Password.Known(String text) -> text;
          case Password.Elsewhere elsewhere -> read(name.namespace(), elsewhere);
        };
    if (stores.password() instanceof Password.Made) {
      content.put(PASSWORD.key(), password.getBytes(StandardCharsets.UTF_8));
    }
    Pkcs12 writer = new Pkcs12(password);
    content.put(
        KEYSTORE.key(), writer.keystore(material, found.flatMap(secret -> secret.value(KEYSTORE))));
    if (!material.authorities().isEmpty()) {
      content.put(
          TRUSTSTORE.key(),
          writer.truststore(
              material.authorities(), found.flatMap(secret -> secret.value(TRUSTSTORE))));
    }
    return content;
  }

  private String read(String namespace, Password.Elsewhere source) throws ApiFailure {
    SecretName holder = new SecretName(namespace, source.secret());
    return secrets
        .read(holder)
        .flatMap(secret -> secret.text(Part.data(source.key())))
        .filter(password -> !password.isEmpty())
        .orElseThrow(
            () ->
                new ApiFailure(
                    new Failure.PasswordMissing(
                        "there is no key " + source.key() + " in Secret " + holder)));
  }

  private static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
