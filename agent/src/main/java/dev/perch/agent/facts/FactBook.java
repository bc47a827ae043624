package dev.perch.agent.facts;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The newest report of each facet, also across restarts, so that an agent knows what to say before
 * it has looked at everything again.
 */
public final class FactBook {
  /** A report and its digest, which is asked for often. */
  private record Entry(FacetReport report, String digest) {}

  private final Collectors collectors;
  private final StateFolder store;
  private final Map<Facet, Entry> entries = new EnumMap<>(Facet.class);
  private volatile Consumer<Facet> changed = facet -> {};

  public FactBook(Collectors collectors, StateFolder store) {
    this.collectors = collectors;
    this.store = store;
    for (Facet facet : Facet.values()) {
      store.read(facet.word(), FacetReport.class).ifPresent(report -> remember(facet, report));
    }
  }

  /** Tells of every change from now on; called by the thread that found it. */
  public void onChange(Consumer<Facet> listener) {
    changed = listener;
  }

  /** Looks at a facet again; answers whether it is different from what was known. */
  boolean refresh(Facet facet) {
    FacetReport report = collectors.collect(facet);
    if (!remember(facet, report)) {
      return false;
    }
    store.write(facet.word(), report);
    changed.accept(facet);
    return true;
  }

  /** Empty until the facet was looked at for the first time. */
  public synchronized Optional<FacetReport> report(Facet facet) {
    return Optional.ofNullable(entries.get(facet)).map(Entry::report);
  }

  /** The digests of all facets that are known, by the facet's word. */
  public synchronized Map<String, String> digests() {
    Map<String, String> digests = new TreeMap<>();
    entries.forEach((facet, entry) -> digests.put(facet.word(), entry.digest()));
    return digests;
  }

  private synchronized boolean remember(Facet facet, FacetReport report) {
    Entry entry = new Entry(report, FacetDigest.of(report));
    Entry before = entries.put(facet, entry);
    return before == null || !before.digest().equals(entry.digest());
  }
}
