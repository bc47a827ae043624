package dev.perch.contract.facts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A side of a host. Its word is the second half of a facet's key and the name of its field. */
public enum Facet {
  IDENTITY(IdentityFacts.class),
  CPU(CpuFacts.class),
  MEMORY(MemoryFacts.class),
  NUMA(NumaFacts.class),
  DISKS(DisksFacts.class),
  NETWORK(NetworkFacts.class),
  KERNEL(KernelFacts.class),
  VIRTUALISATION(VirtualisationFacts.class),
  SECURITY(SecurityFacts.class),
  TOPOLOGY(TopologyFacts.class),
  RUNTIME(RuntimeFacts.class),
  TIME(TimeFacts.class);

  private final Class<? extends Facts> type;

  Facet(Class<? extends Facts> type) {
    this.type = type;
  }

  /** As it is written: {@code cpu}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The record of its facts. */
  public Class<? extends Facts> type() {
    return type;
  }

  /** Empty if this version does not know the word. */
  public static Optional<Facet> find(String word) {
    return Stream.of(values()).filter(facet -> facet.word().equals(word)).findFirst();
  }
}
