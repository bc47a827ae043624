package dev.perch.kit.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A portion of a state topic, set against the table. */
final class Comparison {
  private final Map<String, Published> published;
  private final long epoch;
  private final Map<String, Position> behind = new HashMap<>();
  private final Map<String, Long> tombstones = new HashMap<>();
  private final List<String> ahead = new ArrayList<>();
  private long compared;

  /**
   * @param published what the topic says; the comparison takes from it what it has seen
   * @param epoch the database's
   */
  Comparison(Map<String, Published> published, long epoch) {
    this.published = published;
    this.epoch = epoch;
  }

  /** The table has this. */
  void exists(StateSource.Version row) {
    compared++;
    Position here = new Position(epoch, row.version());
    Published there = published.remove(row.key());
    if (there == null) {
      behind.put(row.key(), here);
    } else if (here.isBefore(there.highest())) {
      ahead.add(row.key());
    } else if (there.deleted() || there.last().isBefore(here)) {
      behind.put(row.key(), here);
    }
  }

  /** After every row was shown: the keys that live on the topic only. */
  List<String> absent(StateSource source) {
    published.values().removeIf(Published::deleted);
    published.keySet().removeIf(key -> !source.owns(key));
    return List.copyOf(published.keySet());
  }

  /**
   * Keys that live on the topic only. Those that were deleted here, or that an earlier epoch knew,
   * get a tombstone; any other one was lost by the database.
   *
   * @param deleted the versions with which keys were deleted
   */
  void absent(Collection<String> keys, Map<String, Long> deleted) {
    for (String key : keys) {
      compared++;
      Position there = Objects.requireNonNull(published.get(key)).highest();
      Long version = deleted.get(key);
      if (there.epoch() < epoch) {
        bury(key, version == null ? there.version() + 1 : version);
      } else if (version != null && !new Position(epoch, version).isBefore(there)) {
        bury(key, version);
      } else {
        ahead.add(key);
      }
    }
  }

  private void bury(String key, long version) {
    tombstones.put(key, version);
    behind.put(key, new Position(epoch, version));
  }

  /** What was published meanwhile needs no repair. */
  void dismiss(Map<String, Published> since) {
    since.forEach(
        (key, now) -> {
          Position here = behind.get(key);
          if (here != null && !now.last().isBefore(here)) {
            behind.remove(key);
            tombstones.remove(key);
          }
        });
  }

  /** The keys whose newest truth is not what the topic ends with. */
  List<String> toRepair() {
    return behind.keySet().stream().sorted().toList();
  }

  /** The versions of tombstones for keys of which the database knows nothing. */
  Map<String, Long> tombstones() {
    return tombstones;
  }

  StateAudit.Findings findings() {
    return new StateAudit.Findings(compared, 0, 0, List.copyOf(ahead));
  }
}
