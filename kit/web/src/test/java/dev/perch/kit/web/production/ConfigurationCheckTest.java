package dev.perch.kit.web.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationCheckTest {
  private static final Map<String, String> SAFE =
      Map.of(
          "quarkus.datasource.username", "inventory",
          "quarkus.datasource.password", "8nLq2xTz0w",
          "quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full",
          "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/inventory?sslmode=verify-full",
          "kafka.security.protocol", "SASL_SSL",
          "quarkus.oidc.auth-server-url", "https://id.example.org/realms/perch",
          "quarkus.http.insecure-requests", "disabled");

  @Test
  void aSafeConfigurationIsSafe() {
    assertThat(check(SAFE)).isEmpty();
  }

  @Test
  void withoutAnySettingEverythingIsNamed() {
    assertThat(check(Map.of()))
        .extracting(Danger::property)
        .containsExactlyInAnyOrder(
            "quarkus.datasource.password",
            "quarkus.datasource.reactive.postgresql.ssl-mode",
            "kafka.security.protocol",
            "quarkus.oidc.auth-server-url",
            "quarkus.http.insecure-requests");
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.datasource.password,''",
    "quarkus.datasource.password,postgres",
    "quarkus.datasource.password,inventory",
    "quarkus.datasource.reactive.postgresql.ssl-mode,prefer",
    "quarkus.datasource.jdbc.url,jdbc:postgresql://db/inventory",
    "kafka.security.protocol,PLAINTEXT",
    "kafka.security.protocol,SASL_PLAINTEXT",
    "quarkus.oidc.auth-server-url,http://id.example.org/realms/perch",
    "quarkus.oidc.tls.verification,none",
    "quarkus.http.insecure-requests,enabled"
  })
  void oneDangerousSettingIsNamed(String property, String value) {
    Map<String, String> settings = new HashMap<>(SAFE);
    settings.put(property, value);

    assertThat(check(settings)).extracting(Danger::property).containsExactly(property);
  }

  @Test
  void plainHttpBehindAProxyThatEndsTlsIsSafe() {
    Map<String, String> settings = new HashMap<>(SAFE);
    settings.put("quarkus.http.insecure-requests", "enabled");
    settings.put("perch.behind-tls-proxy", "true");

    assertThat(check(settings)).isEmpty();
  }

  @Test
  void theRefusalNamesThePropertyAndNoPassword() {
    Map<String, String> settings = new HashMap<>(SAFE);
    settings.put("quarkus.datasource.password", "changeme");

    assertThat(new DangerousConfigurationException(check(settings)))
        .hasMessageContaining("quarkus.datasource.password")
        .hasMessageNotContaining("changeme");
  }

  private static List<Danger> check(Map<String, String> settings) {
    return ConfigurationCheck.of(name -> Optional.ofNullable(settings.get(name)));
  }
}
