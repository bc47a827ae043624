package dev.perch.inventory.check;

import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.facts.MemoryFacts.Hugepages;
import dev.perch.contract.facts.NumaFacts;
import dev.perch.inventory.check.Check.Finding;
import java.util.List;

/** Whether the memory that is set aside fits what is there. What is not reported is not judged. */
final class MemoryChecks {
  /** A host needs so much beside its huge pages for its kernel, its agent and Kubernetes. */
  private static final long PLATFORM_BYTES = 1L << 30;

  static final Check HUGEPAGES_FIT =
      Check.waivable(
          "memory.hugepages-fit",
          "/facets/memory/hugepages",
          "Set aside fewer huge pages: less than 1 GiB of memory is left for everything else.",
          subject ->
              Finding.of(
                  subject
                      .facts(MemoryFacts.class)
                      .map(memory -> fits(memory.totalBytes(), memory.hugepages()))
                      .orElse(true),
                  subject.facts(MemoryFacts.class).map(MemoryFacts::hugepages).orElse(null)));

  static final Check ONE_SIZE =
      Check.waivable(
          "memory.one-hugepage-size",
          "/facets/memory/hugepages",
          "Set aside huge pages of one size only: Kubernetes' default of one size per pod applies.",
          subject ->
              Finding.of(
                  subject
                      .facts(MemoryFacts.class)
                      .map(memory -> sizes(memory.hugepages()) <= 1)
                      .orElse(true),
                  subject.facts(MemoryFacts.class).map(MemoryFacts::hugepages).orElse(null)));

  static final Check NODES_FIT =
      Check.waivable(
          "memory.hugepages-fit-nodes",
          "/facets/numa/nodes",
          "Set aside fewer huge pages on these memory nodes: they take all of a node's memory.",
          subject -> {
            List<Integer> full =
                subject.facts(NumaFacts.class).stream()
                    .flatMap(numa -> numa.nodes().stream())
                    .filter(node -> node.memoryBytes() > 0)
                    .filter(node -> reserved(node.hugepages()) >= node.memoryBytes())
                    .map(NumaFacts.Node::id)
                    .toList();
            return Finding.of(full.isEmpty(), full.isEmpty() ? null : full);
          });

  static final List<Check> ALL = List.of(HUGEPAGES_FIT, ONE_SIZE, NODES_FIT);

  private MemoryChecks() {}

  private static boolean fits(long total, List<Hugepages> pools) {
    long reserved = reserved(pools);
    return reserved == 0 || reserved + PLATFORM_BYTES <= total;
  }

  private static long reserved(List<Hugepages> pools) {
    return pools.stream().mapToLong(pool -> pool.pageBytes() * pool.pages()).sum();
  }

  private static long sizes(List<Hugepages> pools) {
    return pools.stream().filter(pool -> pool.pages() > 0).count();
  }
}
