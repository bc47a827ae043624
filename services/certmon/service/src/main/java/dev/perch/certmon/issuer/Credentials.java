package dev.perch.certmon.issuer;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as an operator gives them. They are sealed and never shown; a patch replaces those that
 * it names.
 *
 * @param externalMac base64url
 * @param tsigSecret base64
 * @param webhookToken for its {@code Authorization} header
 * @param apiKey hexadecimal
 */
record Credentials(
    @Nullable String externalMac,
    @Nullable String tsigSecret,
    @Nullable String webhookToken,
    @Nullable String apiKey) {

  static Credentials of(Map<Credential, String> given) {
    return new Credentials(
        given.get(Credential.EXTERNAL_MAC),
        given.get(Credential.TSIG_SECRET),
        given.get(Credential.WEBHOOK_TOKEN),
        given.get(Credential.API_KEY));
  }

  Map<Credential, String> given() {
    Map<Credential, String> given = new EnumMap<>(Credential.class);
    put(given, Credential.EXTERNAL_MAC, externalMac);
    put(given, Credential.TSIG_SECRET, tsigSecret);
    put(given, Credential.WEBHOOK_TOKEN, webhookToken);
    put(given, Credential.API_KEY, apiKey);
    return given;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Credentials" + given().keySet();
  }

  private static void put(
      Map<Credential, String> given, Credential credential, @Nullable String secret) {
    if (secret != null) {
      given.put(credential, secret);
    }
  }
}
