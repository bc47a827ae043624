package dev.perch.certmon.cluster;

import dev.perch.certmon.kubernetes.Credential;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster knows us by, as an operator gives it: a token, or a certificate and its key. It is
 * sealed and never shown; a patch that has any of it replaces all of it.
 *
 * @param token of a service account
 * @param clientCertificate PEM
 * @param clientKey PEM, not encrypted
 */
record ClusterCredentials(
    @Nullable String token, @Nullable String clientCertificate, @Nullable String clientKey) {

  static ClusterCredentials of(Map<ClusterCredential, String> given) {
    return new ClusterCredentials(
        given.get(ClusterCredential.TOKEN),
        given.get(ClusterCredential.CLIENT_CERTIFICATE),
        given.get(ClusterCredential.CLIENT_KEY));
  }

  Map<ClusterCredential, String> given() {
    Map<ClusterCredential, String> given = new EnumMap<>(ClusterCredential.class);
    put(given, ClusterCredential.TOKEN, token);
    put(given, ClusterCredential.CLIENT_CERTIFICATE, clientCertificate);
    put(given, ClusterCredential.CLIENT_KEY, clientKey);
    return given;
  }

  /**
   * @throws IllegalArgumentException if it is neither a token nor a certificate with its key, or
   *     both; it tells no secret
   */
  Credential credential() {
    if (token != null && clientCertificate == null && clientKey == null) {
      return new Credential.Token(token);
    }
    if (token == null && clientCertificate != null && clientKey != null) {
      return new Credential.ClientCertificate(clientCertificate, clientKey);
    }
    throw new IllegalArgumentException("neither a token nor a certificate with its key");
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ClusterCredentials" + given().keySet();
  }

  private static void put(
      Map<ClusterCredential, String> given, ClusterCredential kind, @Nullable String secret) {
    if (secret != null) {
      given.put(kind, secret);
    }
  }
}
