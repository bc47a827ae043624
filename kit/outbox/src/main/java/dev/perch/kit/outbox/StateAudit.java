package dev.perch.kit.outbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares a state topic with the table it tells of, and has the relay publish what is missing or
 * behind on the topic, and tombstones for what no longer exists.
 *
 * <p>The topic is read to its end first and the table after it, so the topic can be ahead of the
 * table only if the database lost what it had committed. What seems behind may have been published
 * meanwhile: the topic is read on once more before anything is repaired.
 */
final class StateAudit {
  private static final int PAGE = 1000;
  private static final int CHUNK = 200;

  /** Repairs may fill the outbox up to this; then they wait for the relay. */
  private static final int MOST_WAITING = 5000;

  private static final int MOST_NAMED = 10;

  private final Database database;
  private final Function<String, StateTopic> topics;
  private final Restatement restatement;

  /**
   * @param topics opens a topic by its name
   */
  StateAudit(Database database, Function<String, StateTopic> topics, Restatement restatement) {
    this.database = database;
    this.topics = topics;
    this.restatement = restatement;
  }

  /**
   * What an audit found and did.
   *
   * @param ahead keys whose newest record is newer than the table; if there are any, nothing else
   *     was done
   */
  record Findings(long compared, long republished, long tombstoned, List<String> ahead) {
    static final Findings NONE = new Findings(0, 0, 0, List.of());

    Findings and(Findings other) {
      List<String> all = new ArrayList<>(ahead);
      all.addAll(other.ahead);
      return new Findings(
          compared + other.compared,
          republished + other.republished,
          tombstoned + other.tombstoned,
          List.copyOf(all.subList(0, Math.min(all.size(), MOST_NAMED))));
    }
  }

  /** The highest epoch any of the topics has seen. */
  long highestEpoch(List<StateSource> sources) {
    long highest = 0;
    for (StateSource source : sources) {
      try (StateTopic topic = topics.apply(source.aggregate().state().name())) {
        highest = Math.max(highest, topic.highestEpoch());
      }
    }
    return highest;
  }

  /**
   * @param epoch the database's
   */
  Findings audit(StateSource source, long epoch) throws SQLException, InterruptedException {
    Drain drain = new Drain(database);
    drain.await();
    Findings findings = Findings.NONE;
    try (StateTopic topic = topics.apply(source.aggregate().state().name())) {
      for (Set<Integer> portion : topic.portions()) {
        Comparison comparison = compare(source, topic, portion, epoch);
        findings = findings.and(comparison.findings());
        if (!findings.ahead().isEmpty()) {
          return findings;
        }
        comparison.dismiss(topic.readOn());
        findings = findings.and(repair(source, comparison, drain));
      }
    }
    return findings;
  }

  private Comparison compare(StateSource source, StateTopic topic, Set<Integer> portion, long epoch)
      throws SQLException {
    Comparison comparison = new Comparison(topic.read(portion), epoch);
    @Nullable String after = null;
    List<StateSource.Version> page;
    do {
      page = source.versions(after, PAGE);
      for (StateSource.Version row : page) {
        if (portion.contains(topic.partition(row.key()))) {
          comparison.exists(row);
        }
        after = row.key();
      }
    } while (page.size() == PAGE);
    for (List<String> keys : chunks(comparison.absent(source))) {
      comparison.absent(
          keys, database.transaction(c -> Restatement.deleted(c, source.aggregate(), keys)));
    }
    return comparison;
  }

  private Findings repair(StateSource source, Comparison comparison, Drain drain)
      throws SQLException, InterruptedException {
    Findings repaired = Findings.NONE;
    int waiting = 0;
    for (List<String> keys : chunks(comparison.toRepair())) {
      Restatement.Count count = restatement.restate(source, keys, comparison.tombstones());
      repaired = repaired.and(new Findings(0, count.states(), count.tombstones(), List.of()));
      waiting += keys.size();
      if (waiting >= MOST_WAITING) {
        drain.await();
        waiting = 0;
      }
    }
    return repaired;
  }

  private static List<List<String>> chunks(List<String> keys) {
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += CHUNK) {
      chunks.add(keys.subList(from, Math.min(keys.size(), from + CHUNK)));
    }
    return chunks;
  }
}
