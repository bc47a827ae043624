package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Keycloak itself makes of the file is seen by the scenarios that sign in. */
class RealmTest {
  @TempDir Path state;
  private JsonNode realm = Json.MAPPER.createObjectNode();

  @BeforeEach
  void read() throws Exception {
    try (InputStream in = RealmTest.class.getResourceAsStream("perch-realm.json")) {
      realm = Json.MAPPER.readTree(Objects.requireNonNull(in));
    }
  }

  @Test
  void hasTheThreeRolesAndFiveMinuteTokens() {
    assertThat(names(realm.at("/roles/realm"), "name"))
        .containsExactlyInAnyOrder("viewer", "operator", "admin");
    assertThat(realm.path("accessTokenLifespan").asInt()).isEqualTo(300);
  }

  @Test
  void givesEachTokenClientItsOwnRoleAndNoOther() {
    Map<String, List<String>> roles =
        elements(realm.path("users"))
            .filter(user -> user.has("serviceAccountClientId"))
            .collect(
                Collectors.toMap(
                    user -> user.path("serviceAccountClientId").asText(),
                    user -> texts(user.path("realmRoles"))));

    assertThat(roles)
        .isEqualTo(
            Map.of(
                "perch-token-viewer", List.of("viewer"),
                "perch-token-operator", List.of("operator"),
                "perch-token-admin", List.of("admin")));
  }

  @Test
  void everyClientPutsPerchIntoTheAudience() {
    assertThat(elements(realm.path("clients")))
        .isNotEmpty()
        .allSatisfy(
            client ->
                assertThat(names(client.path("protocolMappers"), "protocolMapper"))
                    .contains("oidc-audience-mapper"));
  }

  @Test
  void theCommandLineSignsPeopleInWithTheDeviceFlowOnly() {
    JsonNode client =
        elements(realm.path("clients"))
            .filter(one -> one.path("clientId").asText().equals("perch-cli"))
            .findFirst()
            .orElseThrow();

    assertThat(client.path("publicClient").asBoolean()).isTrue();
    assertThat(client.at("/attributes/oauth2.device.authorization.grant.enabled").asText())
        .isEqualTo("true");
    assertThat(client.path("standardFlowEnabled").asBoolean()).isFalse();
    assertThat(client.path("directAccessGrantsEnabled").asBoolean()).isFalse();
  }

  @Test
  void holdsNoSecretButPlaceholdersThatKeycloakGets() {
    Map<String, String> environment =
        Keycloak.environment(
            new Database("127.0.0.1", 1, "keycloak", new Login("keycloak", "x")),
            Credentials.in(new Folders(state, state)));

    assertThat(elements(realm.path("clients")).map(one -> one.path("secret").asText()))
        .allMatch(secret -> secret.isEmpty() || secret.startsWith("${"));
    assertThat(environment.keySet()).containsAll(placeholders());
    assertThat(environment.values()).doesNotHaveDuplicates();
  }

  private Set<String> placeholders() {
    return Pattern.compile("\\$\\{([^}]+)}")
        .matcher(realm.toString())
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> texts(JsonNode array) {
    return elements(array).map(JsonNode::asText).toList();
  }

  private static List<String> names(JsonNode array, String field) {
    return elements(array).map(element -> element.path(field).asText()).toList();
  }
}
