package dev.perch.kit.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.EventHeaders;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies on a topic.
 *
 * @param headers as text; of several with one name, the last
 * @param value the JSON; a binary node with the raw bytes if it is none; null for a tombstone
 */
public record Event(
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    Map<String, String> headers,
    @Nullable JsonNode value) {

  public Event {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public boolean isTombstone() {
    return value == null;
  }

  /** Its place in the history of its key. */
  public Place place() {
    return new Place(number(EventHeaders.EPOCH), number(EventHeaders.SEQUENCE));
  }

  private long number(String header) {
    try {
      return Long.parseLong(header(header).orElse("absent"));
    } catch (NumberFormatException e) {
      throw new AssertionError(header + " is no number: " + this, e);
    }
  }

  /** Epoch first, then sequence, as consumers compare. */
  public record Place(long epoch, long sequence) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::epoch).thenComparingLong(Place::sequence);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    /** A new epoch may go on anywhere; within one, sequences have no gaps. */
    boolean mayBeFollowedBy(Place next) {
      return next.epoch > epoch || (next.epoch == epoch && next.sequence == sequence + 1);
    }
  }
}
