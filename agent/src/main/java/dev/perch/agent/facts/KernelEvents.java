package dev.perch.agent.facts;

import dev.perch.agent.kernel.Netlink;
import dev.perch.contract.facts.Facet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which facets a message of the kernel is about. */
public final class KernelEvents {
  private static final Logger LOG = LoggerFactory.getLogger(KernelEvents.class);
  private static final String SUBSYSTEM = "SUBSYSTEM=";

  private KernelEvents() {}

  /** From now on, as long as the process lives. Where the kernel refuses, polling must do. */
  public static void listen(Consumer<Facet> touched) {
    listen(Netlink.Source.LINKS, message -> touched.accept(Facet.NETWORK));
    listen(Netlink.Source.DEVICES, message -> about(message).forEach(touched));
  }

  private static void listen(Netlink.Source source, Consumer<byte[]> heard) {
    try {
      Netlink.listen(source, heard);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("source", source)
          .addKeyValue("reason", e.getMessage())
          .log("The kernel does not tell of changes; they are found by polling");
    }
  }

  /** The facets a device's message is about: lines of {@code KEY=value}, each ended by a zero. */
  static Set<Facet> about(byte[] message) {
    for (String line : new String(message, StandardCharsets.UTF_8).split("\0")) {
      if (line.startsWith(SUBSYSTEM)) {
        return switch (line.substring(SUBSYSTEM.length())) {
          case "block" -> Set.of(Facet.DISKS);
          case "net" -> Set.of(Facet.NETWORK);
          case "ptp", "rtc" -> Set.of(Facet.TIME);
          case "cpu" -> Set.of(Facet.CPU, Facet.NUMA);
          case "memory", "node" -> Set.of(Facet.MEMORY, Facet.NUMA);
          case "tpm" -> Set.of(Facet.SECURITY);
          case "module", "misc" -> Set.of(Facet.VIRTUALISATION);
          default -> Set.of();
        };
      }
    }
    return Set.of();
  }
}
