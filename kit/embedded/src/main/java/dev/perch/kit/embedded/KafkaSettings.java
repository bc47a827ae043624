package dev.perch.kit.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a {@link KafkaBroker} is started with.
 *
 * @param data folder of the log and the metadata; created and formatted on the first start
 * @param port where clients on this machine find the broker, on 127.0.0.1
 * @param controllerPort where the KRaft controller listens, on 127.0.0.1
 * @param addresses further local addresses to listen on, each with its own port
 * @param properties broker properties that override the defaults
 */
public record KafkaSettings(
    Path data,
    int port,
    int controllerPort,
    Map<String, Integer> addresses,
    Map<String, String> properties) {

  static final String LOOPBACK = "127.0.0.1";

  public KafkaSettings {
    addresses = Map.copyOf(addresses);
    properties = Map.copyOf(properties);
  }

  /** A broker on free ports of 127.0.0.1. */
  public static KafkaSettings in(Path data) {
    return in(data, Ports.free(), Ports.free());
  }

  public static KafkaSettings in(Path data, int port, int controllerPort) {
    return new KafkaSettings(data, port, controllerPort, Map.of(), Map.of());
  }

  /** Sets a broker property. */
  public KafkaSettings with(String property, String value) {
    return new KafkaSettings(
        data, port, controllerPort, addresses, plus(properties, property, value));
  }

  /** Listens on a further local address too, and tells the clients that come that way so. */
  public KafkaSettings alsoOn(String address) {
    return new KafkaSettings(
        data, port, controllerPort, plus(addresses, address, Ports.free()), properties);
  }

  /**
   * Flushes each message to the disk before it is acknowledged. A single broker has no replica that
   * would still hold what a power cut took from the page cache.
   */
  public KafkaSettings flushingEachMessage() {
    return with("log.flush.interval.messages", "1");
  }

  /** The bootstrap address of clients on this machine. */
  public String bootstrap() {
    return LOOPBACK + ":" + port;
  }

  /** The bootstrap address of clients that reach this machine at {@code address}. */
  public String bootstrap(String address) {
    Integer own = addresses.get(address);
    if (own == null) {
      throw new IllegalArgumentException("the broker does not listen on " + address);
    }
    return address + ":" + own;
  }

  /** All ports it listens on. */
  Stream<Integer> ports() {
    return Stream.concat(Stream.of(port, controllerPort), addresses.values().stream());
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
