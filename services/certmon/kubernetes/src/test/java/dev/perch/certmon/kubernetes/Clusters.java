package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.peers.TestUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The library's view of a cluster of the tests, and what tests do with it. */
final class Clusters {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Clusters() {}

  static Cluster of(Kubernetes kubernetes) {
    return of(kubernetes, kubernetes.admin());
  }

  static Cluster of(Kubernetes kubernetes, TestUser user) {
    return of(
        kubernetes,
        new Credential.ClientCertificate(user.certificatePem(), user.keyPem()),
        TIMEOUT);
  }

  static Cluster of(Kubernetes kubernetes, Credential credential, Duration timeout) {
    return new Cluster("test", kubernetes.server(), kubernetes.authorityPem(), credential, timeout);
  }

  static String path(SecretTarget target) {
    return "/api/v1/namespaces/" + target.name().namespace() + "/secrets/" + target.name().name();
  }

  /** Lets somebody do these things with the Secrets of a namespace. */
  static void allow(
      Kubernetes kubernetes, String namespace, Map<String, ?> subject, String... verbs) {
    String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    kubernetes
        .api()
        .create(
            rbac + "/roles",
            Map.of(
                "metadata",
                Map.of("name", "certmon"),
                "rules",
                List.of(
                    Map.of(
                        "apiGroups",
                        List.of(""),
                        "resources",
                        List.of("secrets"),
                        "verbs",
                        verbs))));
    kubernetes
        .api()
        .create(
            rbac + "/rolebindings",
            Map.of(
                "metadata",
                Map.of("name", "certmon"),
                "subjects",
                List.of(subject),
                "roleRef",
                Map.of(
                    "apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", "certmon")));
  }

  static Map<String, String> user(String name) {
    return Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "User", "name", name);
  }

  static Map<String, String> account(String namespace, String name) {
    return Map.of("kind", "ServiceAccount", "namespace", namespace, "name", name);
  }

  static String data(JsonNode secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.path("data").path(key).asText()), StandardCharsets.UTF_8);
  }

  static Map<String, ?> data(String key, String value) {
    return Map.of("data", Map.of(key, base64(value)));
  }

  static String base64(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
