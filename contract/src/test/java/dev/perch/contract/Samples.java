package dev.perch.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.alarm.Alarm;
import dev.perch.contract.alarm.Severity;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.contract.certmon.Cluster;
import dev.perch.contract.certmon.Failure;
import dev.perch.contract.certmon.Issuer;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.certmon.Publication;
import dev.perch.contract.certmon.Target;
import dev.perch.contract.facts.HostFacet;
import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.host.Condition;
import dev.perch.contract.host.HostDocument;
import dev.perch.contract.host.HostObservation;
import dev.perch.contract.inventory.Group;
import dev.perch.contract.inventory.Host;
import dev.perch.contract.inventory.Site;
import dev.perch.contract.inventory.SiteTopology;
import dev.perch.contract.operation.Operation;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One value of every event type, by CloudEvents type: every field set that can be. */
final class Samples {
  private static final Instant AT = Instant.parse("2026-11-01T08:30:00.123456Z");
  private static final UUID ID = UUID.fromString("0199e1d2-7a44-7c1e-9d5b-0242ac120002");
  private static final Cause CAUSE = new Cause("3f1c", "host.patch", "moved to rack 7");

  static final Site SITE =
      new Site(ID, "harbour", "The pier's hut", Map.of("region", "north"), 100, AT, 3, AT, AT);
  static final Host HOST =
      new Host(
          ID,
          ID,
          "h-1",
          Host.Personality.WORKER,
          Map.of("rack", "7"),
          new Host.Bmc("https://192.0.2.7/redfish/v1"),
          Host.State.REGISTERED,
          3,
          AT,
          AT);
  static final Group GROUP =
      new Group(ID, "edge-north", "For updates", "site=pier,zone in (a,b)", 3, AT, AT);
  static final SiteTopology TOPOLOGY =
      new SiteTopology(
          ID,
          List.of(
              new SiteTopology.Node("hosts/" + ID, ID, null),
              new SiteTopology.Node("chassis/mac/02:00:00:00:00:01", null, "leaf-1")),
          List.of(
              new SiteTopology.Link(
                  "chassis/mac/02:00:00:00:00:01/swp1",
                  "hosts/" + ID + "/eth0",
                  List.of("hosts/" + ID))),
          3,
          AT);
  static final Alarm ALARM =
      new Alarm(
          Alarm.id("inventory", "relay-stuck", "outbox"),
          "inventory",
          "relay-stuck",
          "outbox",
          Severity.MAJOR,
          "No batch was published for 30 s.",
          "communicationsSubsystemFailure",
          "Check the brokers.",
          AT,
          AT,
          AT,
          "3f1c",
          AT,
          "on it",
          3);
  static final HostFacet FACET =
      HostFacet.of(
          ID,
          new MemoryFacts(
                  16L << 30,
                  0,
                  List.of(new MemoryFacts.Hugepages(1L << 30, 4)),
                  "madvise",
                  Map.of("swapBytes", "/proc/swaps cannot be read"))
              .report(),
          3,
          AT);
  static final HostObservation OBSERVATION =
      new HostObservation(
          ID,
          "tsn",
          3,
          List.of(new Condition("Applied", Condition.Status.TRUE, "Done", "as wanted", AT)),
          Json.MAPPER.createObjectNode().put("mode", "scheduled"),
          3,
          AT);
  static final HostDocument DOCUMENT =
      new HostDocument(
          ID, "tsn", "files", 3, Json.MAPPER.createObjectNode().put("mode", "scheduled"));

  static final Operation OPERATION =
      new Operation(
          ID,
          "host.lock",
          "hosts/" + ID,
          ID,
          Json.MAPPER.createObjectNode().put("force", true),
          Operation.State.COMPENSATING,
          List.of(
              new Operation.Step("drain", Operation.StepState.COMPENSATING, 40, "2 of 5", AT, AT)),
          new Operation.Failure("drain", "REFUSED", "a pod may not be evicted"),
          "3f1c",
          "new disk",
          3,
          AT,
          AT,
          AT);

  static final Issuer ISSUER =
      new Issuer(
          ID,
          "edge",
          "The edge's own",
          Map.of("tier", "1"),
          Issuer.Kind.CA,
          new Issuer.Ca(
              "Edge CA",
              KeyAlgorithm.P256,
              Duration.ofDays(3650),
              Duration.ofDays(90),
              0,
              List.of("edge.example"),
              List.of("bank.edge.example")),
          new Issuer.Acme(
              URI.create("https://acme.example/directory"),
              List.of("mailto:ops@edge.example"),
              true,
              "kid-1",
              "shortlived",
              "-----BEGIN",
              "-----BEGIN",
              new Issuer.Solvers(
                  true,
                  new Issuer.DnsUpdate("edge.example", "192.0.2.53", 53, "perch", "hmac-sha256"),
                  URI.create("https://hook.example/"),
                  true)),
          new Issuer.CsrApi(
              URI.create("https://ca.example/api/v1/cfssl/"),
              URI.create("https://ca.example/api/v1/cfssl/"),
              "primary",
              "short",
              "-----BEGIN",
              "-----BEGIN"),
          new Issuer.Rate(10, Duration.ofSeconds(10)),
          Issuer.State.READY,
          new Issuer.Authority("CN=Edge CA", "0a", "0b", AT, AT, "-----BEGIN"),
          new Failure("ca-unreachable", "connection refused", AT),
          3,
          AT,
          AT);
  static final Cluster CLUSTER =
      new Cluster(
          ID,
          ID,
          "north-1",
          "The harbour's",
          Map.of("tier", "1"),
          URI.create("https://k8s.edge.example:6443"),
          "-----BEGIN",
          Cluster.State.UNREACHABLE,
          new Failure("unreachable", "connection refused", AT),
          3,
          AT,
          AT);
  static final Certificate CERTIFICATE =
      new Certificate(
          ID,
          ID,
          ID,
          "h-1",
          Map.of("tier", "1"),
          ID,
          "h-1.edge.example",
          List.of("dns:h-1.edge.example", "ip:192.0.2.7"),
          List.of(Certificate.Usage.SERVER),
          Duration.ofDays(90),
          new Certificate.KeyPolicy(KeyAlgorithm.P256, Certificate.Rotation.EVERY, 4),
          new Certificate.Renewal(
              Duration.ofDays(30),
              66,
              List.of(
                  new Certificate.Window(
                      List.of(DayOfWeek.SUNDAY), "02:00", Duration.ofHours(4), "Europe/Berlin"))),
          Duration.ofDays(7),
          true,
          List.of(
              new Target(
                  new Target.HostFolder(
                      ID,
                      "/etc/nginx/tls/web",
                      "root",
                      "ssl-cert",
                      "0640",
                      List.of("nginx", "-s", "reload"),
                      Target.Files.USUAL,
                      new Target.Probe("127.0.0.1:8443", "web.edge.example", Target.StartTls.NONE)),
                  new Target.Secret(
                      "edge",
                      "web",
                      "web-tls",
                      new Target.Probe("192.0.2.7:443", "web.edge.example", Target.StartTls.NONE),
                      new Target.Pkcs12(new Target.PasswordFrom("web-stores", "password"))))),
          false,
          Certificate.State.READY,
          new Certificate.Revision(3, "0a", "0b", "0c", "CN=Edge CA", AT, AT),
          List.of(new Publication(0, 3, Publication.State.VERIFIED, AT, "It is what is served.")),
          AT,
          new Failure("ca-unreachable", "connection refused", AT),
          3,
          AT,
          AT);

  static final CertificateRule RULE =
      new CertificateRule(
          ID,
          ID,
          "web",
          "For nginx",
          "role=web",
          Map.of("tier", "1"),
          ID,
          List.of("dns:{name}.edge.example"),
          List.of(Certificate.Usage.SERVER),
          Duration.ofDays(90),
          CERTIFICATE.key(),
          CERTIFICATE.renewal(),
          Duration.ofDays(7),
          new CertificateRule.Folder(
              "/etc/nginx/tls/web",
              "root",
              "ssl-cert",
              "0640",
              List.of("nginx", "-s", "reload"),
              Target.Files.USUAL,
              new Target.Probe("127.0.0.1:8443", "{name}.edge.example", Target.StartTls.NONE)),
          3,
          AT,
          AT);

  private Samples() {}

  static Map<String, Object> byType() {
    Map<String, Object> samples = new LinkedHashMap<>();
    Map<Aggregate, Object> states =
        Map.ofEntries(
            Map.entry(Catalogue.ISSUERS, ISSUER),
            Map.entry(Catalogue.CLUSTERS, CLUSTER),
            Map.entry(Catalogue.CERTIFICATES, CERTIFICATE),
            Map.entry(Catalogue.RULES, RULE),
            Map.entry(Catalogue.SITES, SITE),
            Map.entry(Catalogue.HOSTS, HOST),
            Map.entry(Catalogue.GROUPS, GROUP),
            Map.entry(Catalogue.TOPOLOGIES, TOPOLOGY),
            Map.entry(Catalogue.HOST_FACETS, FACET),
            Map.entry(Catalogue.HOST_OBSERVATIONS, OBSERVATION),
            Map.entry(Catalogue.operations("inventory"), OPERATION),
            Map.entry(Catalogue.ALARMS, ALARM));
    states.forEach(
        (aggregate, state) -> {
          samples.put(aggregate.stateType(), state);
          Catalogue.changes(aggregate)
              .forEach(what -> samples.put(aggregate.type(what), change(what, state)));
        });
    samples.put(HostDocument.TYPE, DOCUMENT);
    return samples;
  }

  private static Changed change(String what, Object state) {
    JsonNode whole = tree(state);
    JsonNode part = tree(Map.of("updatedAt", AT));
    return switch (what) {
      case "created", "raised" -> new Changed("k", 1, AT, null, whole, List.of(""), CAUSE, null);
      case "deleted" -> new Changed("k", 4, AT, whole, null, List.of(""), CAUSE, null);
      default -> new Changed("k", 3, AT, part, part, List.of("/updatedAt"), CAUSE, null);
    };
  }

  /** As a reader sees it: small numbers are ints, whatever the writer's type. */
  private static JsonNode tree(Object value) {
    try {
      return Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
