package dev.perch.bench.soak;

import dev.perch.contract.inventory.Host;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every answer that told a client that something is done; the newest per host in memory, all of
 * them in a file.
 */
final class Acknowledged implements AutoCloseable {
  private final Map<UUID, Fact> newest = new ConcurrentHashMap<>();
  private final LongAdder count = new LongAdder();
  private final PrintWriter file;

  Acknowledged(Path path) {
    try {
      file = new PrintWriter(Files.newBufferedWriter(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a client was told last about a host. */
  sealed interface Fact {
    long version();
  }

  record Is(Host host) implements Fact {
    @Override
    public long version() {
      return host.version();
    }
  }

  /**
   * @param version the one its deletion made
   */
  record Gone(long version) implements Fact {}

  void is(Host host) {
    add(host.id(), new Is(host));
  }

  void gone(Host last) {
    add(last.id(), new Gone(last.version() + 1));
  }

  Map<UUID, Fact> newest() {
    return newest;
  }

  long count() {
    return count.sum();
  }

  @Override
  public void close() {
    file.close();
  }

  private void add(UUID id, Fact fact) {
    newest.put(id, fact);
    count.increment();
    String what = fact instanceof Gone ? "gone" : "is";
    file.println(Instant.now() + " " + id + " " + fact.version() + " " + what);
  }
}
