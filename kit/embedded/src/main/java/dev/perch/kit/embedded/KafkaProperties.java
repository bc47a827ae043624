package dev.perch.kit.embedded;

import static dev.perch.kit.embedded.KafkaSettings.LOOPBACK;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The broker properties of one node that is broker and controller at once. */
final class KafkaProperties {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String LOCAL = "LOCAL";

  private KafkaProperties() {}

  static Map<String, String> of(KafkaSettings settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("log.dirs", settings.data().toString());
    properties.putAll(listeners(settings));
    properties.putAll(oneReplica());
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.putAll(modest());
    properties.putAll(settings.properties());
    return properties;
  }

  /** One listener per address, because what is advertised is a property of the listener. */
  private static Map<String, String> listeners(KafkaSettings settings) {
    List<String> advertised = new ArrayList<>();
    advertised.add(LOCAL + "://" + settings.bootstrap());
    settings
        .addresses()
        .keySet()
        .forEach(
            address ->
                advertised.add("NET" + advertised.size() + "://" + settings.bootstrap(address)));
    String controller = LOOPBACK + ":" + settings.controllerPort();
    List<String> all = new ArrayList<>(advertised);
    all.add(CONTROLLER + "://" + controller);
    return Map.of(
        "listeners",
        String.join(",", all),
        "advertised.listeners",
        String.join(",", advertised),
        "listener.security.protocol.map",
        String.join(
            ",", all.stream().map(l -> l.substring(0, l.indexOf(':')) + ":PLAINTEXT").toList()),
        "inter.broker.listener.name",
        LOCAL,
        "controller.listener.names",
        CONTROLLER,
        "controller.quorum.voters",
        NODE + "@" + controller);
  }

  private static Map<String, String> oneReplica() {
    return Map.of(
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1");
  }

  /** One machine's worth of threads, buffers and internal partitions. */
  private static Map<String, String> modest() {
    return Map.of(
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.num.partitions", "4",
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "4",
        "log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
  }
}
