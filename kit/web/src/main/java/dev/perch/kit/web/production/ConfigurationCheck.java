package dev.perch.kit.web.production;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the dangers that the service's own settings show. */
final class ConfigurationCheck {
  private static final Set<String> KNOWN_PASSWORDS =
      Set.of("", "postgres", "perch", "password", "admin", "changeme", "secret", "quarkus");
  private static final Set<String> ENCRYPTED = Set.of("ssl", "sasl_ssl");
  private static final Set<String> TLS_TO_POSTGRES = Set.of("require", "verify-ca", "verify-full");

  private final Function<String, Optional<String>> settings;
  private final List<Danger> dangers = new ArrayList<>();

  private ConfigurationCheck(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /**
   * @param settings the value of a property, if it is set
   */
  static List<Danger> of(Function<String, Optional<String>> settings) {
    ConfigurationCheck check = new ConfigurationCheck(settings);
    check.database();
    check.broker();
    check.issuer();
    check.listener();
    return List.copyOf(check.dangers);
  }

  private void database() {
    String user = value("quarkus.datasource.username");
    String password = settings.apply("quarkus.datasource.password").orElse("");
    if (KNOWN_PASSWORDS.contains(password.toLowerCase(Locale.ROOT)) || password.equals(user)) {
      danger("quarkus.datasource.password", "Set a password that nobody can guess.");
    }
    if (!TLS_TO_POSTGRES.contains(value("quarkus.datasource.reactive.postgresql.ssl-mode"))) {
      danger(
          "quarkus.datasource.reactive.postgresql.ssl-mode",
          "Set verify-full, so that the connection to PostgreSQL is encrypted.");
    }
    String jdbc = value("quarkus.datasource.jdbc.url");
    if (!jdbc.isEmpty() && TLS_TO_POSTGRES.stream().noneMatch(m -> jdbc.contains("sslmode=" + m))) {
      danger(
          "quarkus.datasource.jdbc.url",
          "Add sslmode=verify-full, so that the connection to PostgreSQL is encrypted.");
    }
  }

  private void broker() {
    if (!ENCRYPTED.contains(value("kafka.security.protocol"))) {
      danger(
          "kafka.security.protocol",
          "Set SSL or SASL_SSL, so that the connection to Kafka is encrypted.");
    }
  }

  private void issuer() {
    if (!value("quarkus.oidc.auth-server-url").startsWith("https://")) {
      danger("quarkus.oidc.auth-server-url", "Name the identity provider by an https URL.");
    }
    if (value("quarkus.oidc.tls.verification").equals("none")) {
      danger("quarkus.oidc.tls.verification", "Let the provider's certificate be verified.");
    }
  }

  private void listener() {
    boolean proxied = value("perch.behind-tls-proxy").equals("true");
    if (!proxied && !value("quarkus.http.insecure-requests").equals("disabled")) {
      danger(
          "quarkus.http.insecure-requests",
          "Set disabled and give the service a certificate, or set perch.behind-tls-proxy when a"
              + " proxy on the same machine or pod ends TLS.");
    }
  }

  private String value(String property) {
    return settings.apply(property).orElse("").strip().toLowerCase(Locale.ROOT);
  }

  private void danger(String property, String remedy) {
    dangers.add(new Danger(property, remedy));
  }
}
