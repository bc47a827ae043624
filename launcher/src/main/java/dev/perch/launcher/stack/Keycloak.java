package dev.perch.launcher.stack;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Keycloak with the realm {@code perch}, in trial mode: plain HTTP on 127.0.0.1, one node.
 *
 * <p>The realm file is a resource; its secrets are placeholders that Keycloak fills from its
 * environment. It is imported once; later changes belong to the realm's administrators.
 */
final class Keycloak {
  static final String NAME = "keycloak";
  static final String REALM = "perch";
  private static final List<String> ADMINS = List.of("admin-1", "admin-2");

  private Keycloak() {}

  static URI issuer(PortBlock ports) {
    return URI.create("http://127.0.0.1:" + ports.keycloak() + "/realms/" + REALM);
  }

  static Part part(
      Settings settings,
      Path distribution,
      Database database,
      Credentials credentials,
      AotCaches caches,
      Set<String> needs)
      throws IOException {
    Path home = home(settings.folders(), distribution);
    String url = "http://127.0.0.1:" + settings.ports().keycloak();
    JavaProgram program = Programs.keycloak(distribution, home, arguments(settings.ports(), url));
    return new Part(
        NAME,
        Part.Kind.IDENTITY,
        needs,
        new Part.Start(
            program.command(caches.flags(program)),
            environment(database, credentials),
            home,
            settings.folders().log(NAME),
            program.stamp()),
        new Part.Serves(
            issuer(settings.ports()).toString(),
            List.of(settings.ports().keycloak()),
            new Probe.Http(
                URI.create(issuer(settings.ports()) + "/.well-known/openid-configuration"))),
        caches.mode().stop(),
        caches.used(program));
  }

  private static List<String> arguments(PortBlock ports, String url) {
    return List.of(
        "start",
        "--optimized",
        "--import-realm",
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        "--http-port=" + ports.keycloak(),
        "--hostname=" + url,
        // A cluster would listen on every address.
        "--cache=local");
  }

  static Map<String, String> environment(Database database, Credentials credentials) {
    Login master = credentials.login("keycloak/master", "admin");
    Map<String, String> environment = new HashMap<>();
    environment.put("KC_DB_URL", database.jdbcUrl());
    environment.put("KC_DB_USERNAME", database.login().user());
    environment.put("KC_DB_PASSWORD", database.login().password());
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", master.user());
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", master.password());
    for (Role role : Role.values()) {
      environment.put(
          "PERCH_TOKEN_" + role + "_SECRET", Tokens.client(credentials, role).password());
    }
    for (String admin : ADMINS) {
      environment.put(
          "PERCH_" + admin.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD",
          credentials.login("keycloak/perch/" + admin, admin).password());
    }
    return environment;
  }

  /** Keycloak writes below its home, so each stack has its own, with links to what is read only. */
  private static Path home(Folders folders, Path distribution) throws IOException {
    Path home = folders.data(NAME);
    Path imports = home.resolve("data").resolve("import");
    Files.createDirectories(imports);
    for (String name : List.of("lib", "conf", "providers", "themes")) {
      Path link = home.resolve(name);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, distribution.resolve(name));
    }
    try (InputStream realm = Keycloak.class.getResourceAsStream("perch-realm.json")) {
      Files.copy(
          Objects.requireNonNull(realm, "perch-realm.json"),
          imports.resolve("perch-realm.json"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return home;
  }
}
