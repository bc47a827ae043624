package dev.perch.launcher.stack;

import dev.perch.launcher.process.Listener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The TCP ports of one stack, all on 127.0.0.1: the first hundred for the servers, then a hundred
 * for each service, whose replicas count from 0 (HTTP), from 25 (TLS, for agents) and from 50
 * (health and metrics).
 *
 * @param base the first port of the block
 */
public record PortBlock(int base) {
  public static final PortBlock DEFAULT = new PortBlock(18_000);

  private static final int SIZE = 1_000;
  private static final int HIGHEST = 32_000;
  private static final int LINK = 25;
  private static final int MANAGEMENT = 50;

  public PortBlock {
    if (base < 1_024 || base + SIZE > 65_535) {
      throw new IllegalArgumentException(
          "a port base lies between 1024 and " + (65_535 - SIZE) + ", not " + base);
    }
  }

  public int postgres() {
    return base + 32;
  }

  public int keycloak() {
    return base + 80;
  }

  public int kafka() {
    return base + 92;
  }

  public int kafkaController() {
    return base + 93;
  }

  public int http(Service service, int replica) {
    return base + 100 * service.slot() + replica;
  }

  /** Where a service that takes agents does, over TLS. */
  public int link(Service service, int replica) {
    return http(service, replica) + LINK;
  }

  public int management(Service service, int replica) {
    return http(service, replica) + MANAGEMENT;
  }

  /** A block above the default one in which nobody listens at this moment. */
  public static PortBlock free() {
    Set<Integer> taken = Listener.ports();
    List<Integer> bases =
        new ArrayList<>(
            IntStream.iterate(DEFAULT.base() + SIZE, base -> base < HIGHEST, base -> base + SIZE)
                .boxed()
                .toList());
    // Two that look at the same time should not find the same.
    Collections.shuffle(bases);
    return bases.stream()
        .filter(base -> IntStream.range(base, base + SIZE).noneMatch(taken::contains))
        .findFirst()
        .map(PortBlock::new)
        .orElseThrow(
            () -> new IllegalStateException("no free block of ports between 19000 and 32000"));
  }
}
