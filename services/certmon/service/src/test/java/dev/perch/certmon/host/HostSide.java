package dev.perch.certmon.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.certmon.issue.Csr;
import dev.perch.certmon.issue.KeyType;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.host.HostDocument;
import dev.perch.contract.host.HostObservation;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.TestKafka;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A host with its agent, and inventory between it and certmon, as they are on the topics and
 * nowhere else. It does what it is told, step by step.
 */
public final class HostSide {
  static final String DESIRED = Catalogue.hostDesired("certmon").name();
  private static final String OBSERVED = Catalogue.HOST_OBSERVATIONS.state().name();
  private static final String HOSTS = Catalogue.HOSTS.state().name();

  private final UUID id = UUID.randomUUID();
  private final UUID site = UUID.randomUUID();
  private final Map<String, KeyPair> keys = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private long version;
  private long reports;

  /** A host that inventory has told of. */
  static HostSide registered() throws Exception {
    return registered(Map.of());
  }

  public static HostSide registered(Map<String, String> labels) throws Exception {
    awaitTopics();
    var host = new HostSide();
    host.label(labels);
    return host;
  }

  /** Inventory tells what its labels are now. */
  public void label(Map<String, String> labels) throws Exception {
    Instant now = Instant.now();
    version++;
    send(
        HOSTS,
        id.toString(),
        Catalogue.HOSTS.stateType(),
        version,
        new Host(id, site, "h-1", null, labels, null, Host.State.REGISTERED, version, now, now));
  }

  /** The service makes them when it starts. */
  private static void awaitTopics() {
    try (var admin = TestKafka.admin()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> admin.listTopics().names().get(),
              names -> names.containsAll(List.of(HOSTS, OBSERVED, DESIRED)));
    }
  }

  public UUID id() {
    return id;
  }

  public UUID site() {
    return site;
  }

  public KeyPair key(String name) {
    return Objects.requireNonNull(keys.get(name), name);
  }

  /** It has this key no more. */
  void lose(String name) {
    lost.add(name);
  }

  /** Inventory removes it. */
  public void remove() throws Exception {
    send(HOSTS, id.toString(), Catalogue.HOSTS.stateType(), ++version, null);
  }

  /** The documents of a certificate, oldest first; null for a withdrawal. */
  List<Event> documents(UUID certificate) {
    return Events.ofKey(DESIRED, key(certificate));
  }

  /** The newest document, once its generation is this one or higher. */
  public HostDocument await(UUID certificate, long generation) throws Exception {
    List<Event> events =
        Events.await(
            DESIRED,
            all ->
                all.stream()
                    .filter(event -> key(certificate).equals(event.key()))
                    .anyMatch(event -> generation(event) >= generation));
    Event newest =
        events.stream()
            .filter(event -> key(certificate).equals(event.key()))
            .reduce((first, second) -> second)
            .orElseThrow();
    return Json.MAPPER.treeToValue(newest.value(), HostDocument.class);
  }

  private static long generation(Event event) {
    JsonNode value = event.value();
    return value == null ? -1 : value.path("generation").asLong();
  }

  /** It did what the document says, and is served what it should be. */
  public void done(UUID certificate, HostDocument document) throws Exception {
    send(certificate, doneWith(document));
  }

  /** What is said of a document that was applied and is served. */
  public HostObservation doneWith(HostDocument document) {
    ObjectNode readBack = readBack(document);
    JsonNode probe = document.spec().path("probe");
    if (probe.isObject()) {
      readBack
          .putObject("served")
          .put("sha256", probe.path("sha256").asText())
          .put("at", Instant.now().toString());
    }
    return observation(
        ++reports,
        document.aspect(),
        document.generation(),
        List.of(
            holds("Applied", true, "Done"),
            readBack.has("lost")
                ? holds("Verified", false, "KeyLost")
                : holds("Verified", true, "Done")),
        readBack);
  }

  static Condition holds(String type, boolean holds, String reason) {
    return new Condition(
        type,
        holds ? Condition.Status.TRUE : Condition.Status.FALSE,
        reason,
        "as it is",
        Instant.now());
  }

  void report(
      UUID certificate, long generation, List<Condition> conditions, @Nullable JsonNode readBack)
      throws Exception {
    send(
        certificate,
        observation(++reports, HostReports.aspect(certificate), generation, conditions, readBack));
  }

  /** The same report once more, as after a failure of the broker. */
  void sayAgain(UUID certificate, long sequence, HostDocument document) throws Exception {
    send(
        certificate,
        observation(
            sequence,
            document.aspect(),
            document.generation(),
            List.of(holds("Applied", true, "Done"), holds("Verified", true, "Done")),
            readBack(document)));
  }

  long reports() {
    return reports;
  }

  private void send(UUID certificate, HostObservation observation) throws Exception {
    send(
        OBSERVED,
        key(certificate),
        Catalogue.HOST_OBSERVATIONS.stateType(),
        observation.version(),
        observation);
  }

  private HostObservation observation(
      long sequence,
      String aspect,
      long generation,
      List<Condition> conditions,
      @Nullable JsonNode readBack) {
    return new HostObservation(
        id, aspect, generation, conditions, readBack, sequence, Instant.now());
  }

  /** As the agent's driver shows what it has. */
  ObjectNode readBack(HostDocument document) {
    ObjectNode seen = Json.MAPPER.createObjectNode().put("version", "v" + document.generation());
    ArrayNode files = seen.putArray("files");
    ArrayNode requests = seen.putArray("keys");
    for (JsonNode file : document.spec().path("files")) {
      ObjectNode shown = files.addObject().put("path", file.path("path").asText());
      if (file.has("key")) {
        String name = file.at("/key/name").asText();
        shown.put("key", name);
        if (file.at("/key/spki").isTextual() && lost.contains(name)) {
          seen.withArray("/lost").add(name);
        } else {
          requests.add(request(file.path("key")));
        }
      }
    }
    document.spec().path("requests").forEach(key -> requests.add(request(key)));
    return seen;
  }

  private ObjectNode request(JsonNode wanted) {
    String name = wanted.path("name").asText();
    KeyPair pair =
        keys.computeIfAbsent(
            name, any -> KeyType.valueOf(wanted.path("algorithm").asText()).generate());
    return request(name, pair, wanted.path("commonName").asText(), names(wanted));
  }

  static ObjectNode request(String name, KeyPair pair, String commonName, List<SubjectName> names) {
    return Json.MAPPER
        .createObjectNode()
        .put("name", name)
        .put("publicKey", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
        .put("request", Csr.create(pair, commonName, names).toPem());
  }

  private static List<SubjectName> names(JsonNode key) {
    List<SubjectName> names = new ArrayList<>();
    key.path("dnsNames").forEach(name -> names.add(SubjectName.dns(name.asText())));
    key.path("ipAddresses").forEach(name -> names.add(SubjectName.ip(name.asText())));
    key.path("uris").forEach(name -> names.add(SubjectName.parse("uri:" + name.asText())));
    key.path("emails").forEach(name -> names.add(SubjectName.parse("email:" + name.asText())));
    return names;
  }

  private String key(UUID certificate) {
    return HostDocument.key(id, HostReports.aspect(certificate));
  }

  /** As inventory's outbox would. */
  private void send(String topic, String key, String type, long sequence, @Nullable Object value)
      throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", TestKafka.bootstrap());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      var record =
          new ProducerRecord<String, byte[]>(
              topic, key, value == null ? null : Json.MAPPER.writeValueAsBytes(value));
      header(record, EventHeaders.TYPE, type);
      header(record, EventHeaders.EPOCH, "1");
      header(record, EventHeaders.SEQUENCE, Long.toString(sequence));
      var _ = producer.send(record).get(20, TimeUnit.SECONDS);
    }
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
