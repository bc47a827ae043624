package dev.perch.bench.soak;

import dev.perch.contract.Catalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The events of a log, per host, in the order a consumer meets them. At least once: an event may
 * come again, but only the same one. In order: what comes first must come in order, without a gap.
 */
final class LogTrail {
  static final String ORDER = "log: each host's events are in order, without a gap";
  static final String SAME = "log: an event that comes again is the same";
  static final String COMPLETE = "log: every committed change has arrived";
  static final String INVENTED = "log: nothing was invented";

  private final Map<UUID, List<Event>> byHost = new HashMap<>();
  private final Findings findings;
  private long again;

  LogTrail(Findings findings) {
    this.findings = findings;
    List.of(ORDER, SAME, COMPLETE, INVENTED).forEach(findings::checked);
  }

  /**
   * @param content a hash of the value
   */
  record Event(String type, long sequence, int content) {}

  void add(UUID host, Event event) {
    List<Event> events = byHost.computeIfAbsent(host, id -> new ArrayList<>());
    long next = events.size() + 1L;
    if (event.sequence() > next) {
      findings.add(ORDER, "%s: %s where %d was due".formatted(host, event, next));
    } else if (event.sequence() == next) {
      events.add(event);
    } else {
      again++;
      Event first = events.get((int) event.sequence() - 1);
      if (!first.equals(event)) {
        findings.add(SAME, "%s: %s, then %s".formatted(host, first, event));
      }
    }
  }

  /** How many events came more than once. */
  long again() {
    return again;
  }

  /** Whether as many have arrived as were committed; the relay may still be at work. */
  boolean isComplete(Map<UUID, Committed> committed) {
    return committed.entrySet().stream()
        .allMatch(host -> arrived(host.getKey()).size() >= host.getValue().versions());
  }

  void compare(Map<UUID, Committed> committed) {
    committed.forEach(
        (host, truth) -> {
          List<Event> events = arrived(host);
          if (events.size() < truth.versions()) {
            findings.add(COMPLETE, "%s: %d of %d".formatted(host, events.size(), truth.versions()));
          } else if (events.size() > truth.versions()) {
            findings.add(INVENTED, "%s: %d of %d".formatted(host, events.size(), truth.versions()));
          } else {
            types(host, events, truth);
          }
        });
    byHost.keySet().stream()
        .filter(host -> !committed.containsKey(host))
        .forEach(host -> findings.add(INVENTED, host + " was never committed"));
  }

  private void types(UUID host, List<Event> events, Committed truth) {
    for (int i = 0; i < events.size(); i++) {
      boolean last = i == events.size() - 1;
      String what = i == 0 ? "created" : last && truth.deleted() ? "deleted" : "changed";
      if (!events.get(i).type().equals(Catalogue.HOSTS.type(what))) {
        findings.add(ORDER, "%s: %s where %s was due".formatted(host, events.get(i), what));
      }
    }
  }

  private List<Event> arrived(UUID host) {
    return byHost.getOrDefault(host, List.of());
  }
}
