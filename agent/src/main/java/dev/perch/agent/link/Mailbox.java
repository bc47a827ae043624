package dev.perch.agent.link;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkMessage.Facts;
import dev.perch.contract.link.LinkMessage.Observed;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.contract.link.LinkProtocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the host has to say and Perch has not confirmed: of each facet and of each aspect only the
 * newest, so it is bounded, however long nobody listens. What was observed of an aspect is on the
 * disk until it is confirmed; facets are kept by who collects them.
 */
public final class Mailbox {
  private static final String FACET = "facet/";
  private static final String ASPECT = "aspect/";

  private final Function<String, Optional<FacetReport>> facets;
  private final StateFolder store;

  /** What is to be sent, oldest first. */
  private final SequencedSet<String> waiting = new LinkedHashSet<>();

  /** What was sent in this session, by its number. */
  private final TreeMap<Long, String> sent = new TreeMap<>();

  private long lastSeq;
  private volatile Runnable wake = () -> {};

  /**
   * @param facets the newest report of a facet
   */
  public Mailbox(Function<String, Optional<FacetReport>> facets, StateFolder store) {
    this.facets = facets;
    this.store = store;
    store.names().forEach(aspect -> waiting.add(ASPECT + aspect));
  }

  /** A facet has changed. */
  public void facet(String word) {
    add(List.of(FACET + word));
  }

  /** An aspect was looked at, and what is to be said of it differs from what was said before. */
  public void observed(Observed report) {
    synchronized (this) {
      store.write(report.aspect(), report);
      waiting.add(ASPECT + report.aspect());
    }
    wake.run();
  }

  /** Perch asks for facets. */
  void asked(Collection<String> words) {
    add(words.stream().map(word -> FACET + word).toList());
  }

  /** Called whenever something comes in. */
  void onArrival(Runnable listener) {
    wake = listener;
  }

  /**
   * A new session begins: what was sent in the last one and not confirmed is to be sent again.
   * Facets are not, for the digests in {@code hello} speak for them; whoever calls this takes the
   * digests afterwards.
   */
  synchronized void newSession() {
    sent.values().forEach(waiting::addFirst);
    sent.clear();
    waiting.removeIf(key -> key.startsWith(FACET));
    lastSeq = 0;
  }

  /** The next report, numbered; empty if there is none, or if too many are open. */
  synchronized Optional<Report> next() {
    while (!waiting.isEmpty() && sent.size() < LinkProtocol.OPEN_REPORTS) {
      String key = waiting.removeFirst();
      Optional<Report> report = report(key, lastSeq + 1);
      if (report.isPresent()) {
        lastSeq++;
        sent.put(lastSeq, key);
        return report;
      }
    }
    return Optional.empty();
  }

  /** All reports of this session up to a number are committed, or refused for good. */
  synchronized void confirmed(long upTo) {
    Map<Long, String> done = sent.headMap(upTo, true);
    List<String> keys = new ArrayList<>(done.values());
    done.clear();
    for (String key : keys) {
      // A newer one may wait, or be on its way.
      if (key.startsWith(ASPECT) && !waiting.contains(key) && !sent.containsValue(key)) {
        store.delete(key.substring(ASPECT.length()));
      }
    }
  }

  private Optional<Report> report(String key, long seq) {
    if (key.startsWith(FACET)) {
      return facets
          .apply(key.substring(FACET.length()))
          .map(facet -> new Facts(seq, List.of(facet)));
    }
    return store
        .read(key.substring(ASPECT.length()), Observed.class)
        .map(o -> new Observed(seq, o.aspect(), o.generation(), o.conditions(), o.readBack()));
  }

  private void add(Collection<String> keys) {
    synchronized (this) {
      waiting.addAll(keys);
    }
    wake.run();
  }
}
