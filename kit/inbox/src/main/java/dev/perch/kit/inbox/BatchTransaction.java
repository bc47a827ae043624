package dev.perch.kit.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Applies a batch in one transaction, with its offsets. The rows of the offsets are locked first,
 * so that of two processes with the same batch one applies it and the other sees that it is too
 * late.
 */
final class BatchTransaction {

  /**
   * @param positions where the database is now, per claim that was applied or found applied
   * @param misplaced partitions that cannot be read on from where their row is
   */
  record Result(
      Map<TopicPartition, Position> positions,
      List<TopicPartition> misplaced,
      int read,
      int applied,
      List<Rejected> rejected) {}

  private final Transactions transactions;
  private final Offsets offsets;
  private final Segments segments;
  private final Freshness freshness;
  private final Sweep sweep;
  private final DeadLetters letters;

  BatchTransaction(
      String consumer,
      Transactions transactions,
      Segments segments,
      Freshness freshness,
      Sweep sweep,
      DeadLetters letters) {
    this.transactions = transactions;
    this.segments = segments;
    this.freshness = freshness;
    this.sweep = sweep;
    this.letters = letters;
    offsets = new Offsets(consumer);
  }

  /**
   * @param attempt how often this batch was tried, for the dead letters
   */
  Result run(List<Claim> claims, int attempt) throws SQLException {
    return transactions.run(connection -> run(connection, claims, attempt));
  }

  private Result run(Connection connection, List<Claim> claims, int attempt) throws SQLException {
    Map<TopicPartition, Position> rows =
        offsets.lock(connection, claims.stream().map(Claim::partition).toList());
    Map<TopicPartition, Position> moved = new HashMap<>();
    List<TopicPartition> misplaced = new ArrayList<>();
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (Claim claim : claims) {
      Position row = rows.get(claim.partition());
      if (row == null || !claim.agreesWith(row) || freshness.isStale(claim.partition(), row)) {
        misplaced.add(claim.partition());
        continue;
      }
      claim.records().stream().filter(r -> r.offset() >= row.next()).forEach(records::add);
      moved.put(claim.partition(), row.after(claim));
    }

    Segments.Outcome outcome = segments.apply(connection, records);
    for (Claim claim : claims) {
      Position position = moved.get(claim.partition());
      if (position != null && position.isInPass()) {
        moved.put(claim.partition(), sweep.after(connection, claim, position));
      }
    }
    // Durable before the offset moves on: if the commit fails there are two letters, never none.
    letters.send(connection, outcome.rejected(), attempt);
    offsets.put(connection, moved);
    return new Result(moved, misplaced, records.size(), outcome.applied(), outcome.rejected());
  }
}
