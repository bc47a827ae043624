package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Main memory; what is free is a measurement, not a fact.
 *
 * @param totalBytes what the kernel can use
 * @param swapBytes swap space configured
 * @param hugepages pools by page size, ascending
 * @param transparentHugepages always, madvise or never
 * @param unknown what could not be found out, by field, and why
 */
public record MemoryFacts(
    long totalBytes,
    long swapBytes,
    List<Hugepages> hugepages,
    @Nullable String transparentHugepages,
    Map<String, String> unknown)
    implements Facts {

  public MemoryFacts {
    hugepages = List.copyOf(hugepages);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.MEMORY;
  }

  /**
   * A pool of huge pages.
   *
   * @param pageBytes size of a page
   * @param pages pages reserved
   */
  public record Hugepages(long pageBytes, int pages) {}
}
