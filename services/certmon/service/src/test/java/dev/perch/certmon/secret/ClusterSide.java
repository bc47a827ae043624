package dev.perch.certmon.secret;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.Api;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A namespace of a real cluster, in the hands of its administrator and of whoever has rights. */
public final class ClusterSide {
  private final Kubernetes kubernetes;
  private final String namespace;

  private ClusterSide(Kubernetes kubernetes) {
    this.kubernetes = kubernetes;
    this.namespace = kubernetes.namespace("edge");
  }

  public static ClusterSide in(Kubernetes kubernetes) {
    return new ClusterSide(kubernetes);
  }

  public String namespace() {
    return namespace;
  }

  /** What certmon is to know a cluster by whose administrator it is. */
  Map<String, Object> described(String name) {
    return described(
        name,
        Map.of(
            "clientCertificate",
            kubernetes.admin().certificatePem(),
            "clientKey",
            kubernetes.admin().keyPem()));
  }

  Map<String, Object> described(String name, Map<String, ?> credentials) {
    return Map.of(
        "name",
        name,
        "server",
        kubernetes.server().toString(),
        "anchors",
        kubernetes.authorityPem(),
        "credentials",
        credentials);
  }

  /** A cluster that certmon knows and that has answered. */
  Known known() {
    return known(Map.of());
  }

  /** One that belongs to a site. */
  Known knownAt(UUID site) {
    return known(Map.of("siteId", site));
  }

  private Known known(Map<String, ?> more) {
    String name = Api.unique("cluster");
    Map<String, Object> body = new HashMap<>(described(name));
    body.putAll(more);
    UUID id = UUID.fromString(create(body).then().statusCode(201).extract().path("id").toString());
    await().atMost(Duration.ofSeconds(30)).until(() -> state(id), "READY"::equals);
    return new Known(id, name);
  }

  record Known(UUID id, String name) {}

  static Response create(Map<String, ?> body) {
    return Api.as(Tokens.admin()).contentType(ContentType.JSON).body(body).post("/v1/clusters");
  }

  static Response read(UUID cluster) {
    return Api.asViewer().get("/v1/clusters/" + cluster);
  }

  static String state(UUID cluster) {
    return read(cluster).path("state");
  }

  static Response remove(UUID cluster, String parameters) {
    return Api.as(Tokens.admin())
        .header("If-Match", read(cluster).header("ETag"))
        .delete("/v1/clusters/" + cluster + parameters);
  }

  /** A target of certificates. */
  Map<String, Object> target(Known cluster, String secret) {
    return Map.of(
        "secret", Map.of("cluster", cluster.name(), "namespace", namespace, "name", secret));
  }

  public Optional<JsonNode> find(String secret) {
    return kubernetes.api().find(path(secret));
  }

  public String data(String secret, String key) {
    return new String(
        Base64.getDecoder()
            .decode(kubernetes.api().get(path(secret)).path("data").path(key).asText()),
        StandardCharsets.UTF_8);
  }

  String revision(String secret) {
    return kubernetes
        .api()
        .get(path(secret))
        .at("/metadata/annotations/perch.dev~1revision")
        .asText();
  }

  /** As somebody with kubectl edit. */
  void spoil(String secret) {
    var _ =
        kubernetes
            .api()
            .merge(
                path(secret),
                "rival",
                Map.of("data", Map.of("tls.crt", base64("not what it was"))));
  }

  void delete(String secret) {
    kubernetes.api().delete(path(secret));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String path(String secret) {
    return "/api/v1/namespaces/" + namespace + "/secrets/" + secret;
  }
}
