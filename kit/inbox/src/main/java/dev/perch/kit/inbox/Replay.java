package dev.perch.kit.inbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Applies a consumer's dead letters again, on the path their records took the first time. */
final class Replay {
  /** How many letters one request may name or, when it names none, takes. */
  static final int MOST = 1000;

  /**
   * What became of one letter.
   *
   * @param offset of the letter
   * @param resolution null if it still waits; then code and reason say why
   */
  record Outcome(
      @JsonProperty("letterOffset") long offset,
      Letter.@Nullable Resolution resolution,
      @Nullable String code,
      @Nullable String reason) {}

  private final String consumer;
  private final Transactions transactions;
  private final Map<String, Object> connection;
  private final Offsets offsets;
  private final Segments segments;
  private final Distress distress;
  private final LetterBook book = new LetterBook();

  Replay(
      Projection projection,
      Transactions transactions,
      Map<String, Object> connection,
      Distress distress) {
    consumer = projection.consumer();
    this.transactions = transactions;
    this.connection = connection;
    this.distress = distress;
    offsets = new Offsets(consumer);
    segments = new Segments(projection);
  }

  /**
   * @param letterOffsets the letters; empty for the oldest ones that wait
   * @return one outcome per letter that was waiting
   */
  List<Outcome> replay(List<Long> letterOffsets) throws SQLException {
    List<Letter> letters = waiting(letterOffsets);
    List<Outcome> outcomes = new ArrayList<>(letters.size());
    if (!letters.isEmpty()) {
      try (LetterReader reader = new LetterReader(consumer, connection)) {
        for (Letter letter : letters) {
          outcomes.add(replay(letter, reader.read(letter)));
        }
      }
    }
    clearWhenNoneWaits();
    return outcomes;
  }

  /** Gives letters up. */
  List<Outcome> discard(List<Long> letterOffsets) throws SQLException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Letter letter : waiting(letterOffsets)) {
      outcomes.add(
          transactions.run(session -> resolve(session, letter, Letter.Resolution.DISCARDED)));
    }
    clearWhenNoneWaits();
    return outcomes;
  }

  private List<Letter> waiting(List<Long> letterOffsets) throws SQLException {
    return transactions.run(
        session ->
            letterOffsets.isEmpty()
                ? book.waiting(session, consumer, MOST)
                : book.waiting(session, consumer, letterOffsets));
  }

  private Outcome replay(Letter letter, Optional<ConsumerRecord<String, byte[]>> record)
      throws SQLException {
    if (record.isEmpty()) {
      return new Outcome(
          letter.letterOffset(), null, "letter.gone", "the dead-letter topic no longer has it");
    }
    return transactions.run(
        session -> {
          // The same lock as a batch takes: of one key only one version is applied at a time.
          offsets.lock(session, List.of(new TopicPartition(letter.topic(), letter.partition())));
          Segments.Outcome outcome = segments.apply(session, List.of(record.get()));
          if (!outcome.rejected().isEmpty()) {
            Fault.Permanent why = outcome.rejected().getFirst().why();
            book.failedAgain(session, letter, why);
            return new Outcome(letter.letterOffset(), null, why.code(), why.reason());
          }
          return resolve(
              session,
              letter,
              outcome.applied() == 1 ? Letter.Resolution.APPLIED : Letter.Resolution.OUTDATED);
        });
  }

  private Outcome resolve(Connection session, Letter letter, Letter.Resolution resolution)
      throws SQLException {
    return book.resolve(session, letter, resolution)
        ? new Outcome(letter.letterOffset(), resolution, null, null)
        : new Outcome(letter.letterOffset(), null, "letter.resolved", "another request has it");
  }

  /** The last letter may have been resolved elsewhere, or be too old to be kept. */
  void clearWhenNoneWaits() throws SQLException {
    if (waiting(List.of()).isEmpty()) {
      distress.lettersResolved();
    }
  }
}
