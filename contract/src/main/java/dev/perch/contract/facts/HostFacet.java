package dev.perch.contract.facts;

import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One facet of one host: the REST resource and the value on {@code perch.inventory.host-facets}. Of
 * the components named after facets, the facet's own is set, or {@code unavailable} is.
 *
 * @param facet null if the writer is newer and uses a word this reader does not know
 * @param digest {@link FacetDigest} of what the host sent; a newer host's may cover more than this
 * @param unavailable why the host cannot tell
 * @param version gap-free, starts at 1
 * @param updatedAt when it last changed, by the database's clock
 */
public record HostFacet(
    UUID hostId,
    @Nullable Facet facet,
    String digest,
    @Nullable String unavailable,
    @Nullable IdentityFacts identity,
    @Nullable CpuFacts cpu,
    @Nullable MemoryFacts memory,
    @Nullable NumaFacts numa,
    @Nullable DisksFacts disks,
    @Nullable NetworkFacts network,
    @Nullable KernelFacts kernel,
    @Nullable VirtualisationFacts virtualisation,
    @Nullable SecurityFacts security,
    @Nullable TopologyFacts topology,
    @Nullable RuntimeFacts runtime,
    @Nullable TimeFacts time,
    long version,
    Instant updatedAt) {

  /** The Kafka key: {@code hostId/facet}. */
  public static String key(UUID hostId, Facet facet) {
    return hostId + "/" + facet.word();
  }

  /**
   * A host's report as it is stored and published.
   *
   * @throws IllegalArgumentException if its facet is unknown, or its facts are not of that shape
   */
  public static HostFacet of(UUID hostId, FacetReport report, long version, Instant updatedAt) {
    Facet facet =
        Facet.find(report.facet())
            .orElseThrow(() -> new IllegalArgumentException("an unknown facet"));
    Facts facts = report.data() == null ? null : Facts.read(facet, report.data());
    return new HostFacet(
        hostId,
        facet,
        FacetDigest.of(report),
        report.unavailable(),
        as(IdentityFacts.class, facts),
        as(CpuFacts.class, facts),
        as(MemoryFacts.class, facts),
        as(NumaFacts.class, facts),
        as(DisksFacts.class, facts),
        as(NetworkFacts.class, facts),
        as(KernelFacts.class, facts),
        as(VirtualisationFacts.class, facts),
        as(SecurityFacts.class, facts),
        as(TopologyFacts.class, facts),
        as(RuntimeFacts.class, facts),
        as(TimeFacts.class, facts),
        version,
        updatedAt);
  }

  /** The facts, whichever facet's they are; empty if it is unavailable or not known here. */
  public Optional<Facts> facts() {
    return Stream.<@Nullable Facts>of(
            identity,
            cpu,
            memory,
            numa,
            disks,
            network,
            kernel,
            virtualisation,
            security,
            topology,
            runtime,
            time)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static <F extends Facts> @Nullable F as(Class<F> type, @Nullable Facts facts) {
    return type.isInstance(facts) ? type.cast(facts) : null;
  }
}
