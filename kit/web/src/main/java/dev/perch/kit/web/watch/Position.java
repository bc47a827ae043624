package dev.perch.kit.web.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A place in a topic: the next offset of each partition. Offsets are the broker's, so a position
 * means the same on every replica; the topic's id makes one of a deleted topic recognisable.
 */
final class Position {
  private static final byte FORMAT = 1;
  private static final int HEAD = 1 + 2 * Long.BYTES;
  private static final int MOST_PARTITIONS = 1024;

  private final Uuid topic;
  private final long[] next;

  Position(Uuid topic, long[] next) {
    this.topic = topic;
    this.next = next.clone();
  }

  Uuid topic() {
    return topic;
  }

  int partitions() {
    return next.length;
  }

  long next(int partition) {
    return next[partition];
  }

  /** Whether nothing before {@code other} is missing to somebody who has all before this. */
  boolean covers(Position other) {
    if (!topic.equals(other.topic) || next.length != other.next.length) {
      return false;
    }
    for (int i = 0; i < next.length; i++) {
      if (next[i] < other.next[i]) {
        return false;
      }
    }
    return true;
  }

  /** The position after an event; an event that lies before it changes nothing. */
  Position after(ChangeEvent event) {
    if (event.offset() < next[event.partition()]) {
      return this;
    }
    Position moved = new Position(topic, next);
    moved.next[event.partition()] = event.offset() + 1;
    return moved;
  }

  /** The opaque text that callers keep. */
  String cursor() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + next.length * 10);
    bytes.put(FORMAT);
    bytes.putLong(topic.getMostSignificantBits()).putLong(topic.getLeastSignificantBits());
    for (long offset : next) {
      long rest = offset;
      while (rest > 0x7f) {
        bytes.put((byte) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.put((byte) rest);
    }
    byte[] used = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
  }

  /** Reads a cursor; null when the text is none. */
  static @Nullable Position of(String cursor) {
    ByteBuffer bytes;
    try {
      bytes =
          ByteBuffer.wrap(
              Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.remaining() <= HEAD || bytes.get() != FORMAT) {
      return null;
    }
    Uuid topic = new Uuid(bytes.getLong(), bytes.getLong());
    long[] next = new long[bytes.remaining()];
    int partitions = 0;
    while (bytes.hasRemaining()) {
      long offset = 0;
      int shift = 0;
      byte b;
      do {
        if (!bytes.hasRemaining() || shift > 56) {
          return null;
        }
        b = bytes.get();
        offset |= (long) (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      next[partitions++] = offset;
    }
    return partitions > MOST_PARTITIONS
        ? null
        : new Position(topic, Arrays.copyOf(next, partitions));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Position that
        && topic.equals(that.topic)
        && Arrays.equals(next, that.next);
  }

  @Override
  public int hashCode() {
    return 31 * topic.hashCode() + Arrays.hashCode(next);
  }

  @Override
  public String toString() {
    return topic + Arrays.toString(next);
  }
}
