package dev.perch.bench.soak;

import dev.perch.contract.inventory.Host;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state topic, per host. What compaction keeps is the last record, so the last must be the
 * newest: a consumer that starts tomorrow meets nothing else.
 */
final class StateTrail {
  static final String NEWEST = "state topic: holds each host as REST shows it";
  static final String LAST = "state topic: the last record of each host is its newest";

  private final Map<UUID, Record> newest = new HashMap<>();
  private final Map<UUID, Record> last = new HashMap<>();

  /**
   * @param host null for a tombstone
   */
  record Record(long epoch, long sequence, @Nullable Host host) {
    boolean isOlderThan(Record other) {
      return epoch != other.epoch ? epoch < other.epoch : sequence < other.sequence;
    }
  }

  void add(UUID id, Record record) {
    newest.merge(id, record, (old, fresh) -> old.isOlderThan(fresh) ? fresh : old);
    last.put(id, record);
  }

  /** Whether the last record of each host is its committed version. */
  boolean isComplete(Map<UUID, Committed> committed) {
    return committed.entrySet().stream()
        .allMatch(
            host ->
                Optional.ofNullable(last.get(host.getKey()))
                    .filter(record -> record.sequence() == host.getValue().versions())
                    .isPresent());
  }

  void compare(Map<UUID, Committed> committed, Map<UUID, Host> rest, Findings findings) {
    List.of(NEWEST, LAST).forEach(findings::checked);
    committed.forEach(
        (id, truth) -> {
          Record record = newest.get(id);
          Host shown = rest.get(id);
          if (record == null) {
            findings.add(NEWEST, id + " is not there");
            return;
          }
          boolean same =
              truth.deleted()
                  ? record.host() == null && shown == null
                  : record.host() != null && record.host().equals(shown);
          if (!same || record.sequence() != truth.versions()) {
            findings.add(NEWEST, "%s, REST: %s, committed: %s".formatted(record, shown, truth));
          }
          if (!record.equals(last.get(id))) {
            findings.add(LAST, "%s after %s".formatted(last.get(id), record));
          }
        });
  }
}
