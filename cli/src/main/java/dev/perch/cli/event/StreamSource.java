package dev.perch.cli.event;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.rest.Watch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The services' own streams: one for each list that is watched. */
final class StreamSource implements EventSource {
  private static final int BUFFER = 1000;

  /** An event, or why its stream ended. */
  private sealed interface Arrival {
    record Came(Event event) implements Arrival {}

    record Broken(Exception why) implements Arrival {}
  }

  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(BUFFER);
  private final List<Thread> threads = new ArrayList<>();

  private StreamSource() {}

  /**
   * @param kinds of resources; none of them are all that can be watched
   */
  static StreamSource open(Perch perch, Set<String> kinds, Consumer<String> notices)
      throws Failure {
    Set<String> watched = kinds.isEmpty() ? Logs.LISTS.keySet() : kinds;
    for (String kind : watched) {
      if (!Logs.LISTS.containsKey(kind)) {
        throw new Failure(
            ExitCode.BAD_INPUT, "events about a " + kind + " are on Kafka only: add --kafka");
      }
    }
    StreamSource source = new StreamSource();
    for (String kind : watched) {
      Rest rest = perch.inventory();
      Watch watch = new Watch(rest, Call.get(Logs.LISTS.getOrDefault(kind, "")), notices);
      source.threads.add(
          Thread.ofVirtual().name("watch-" + kind).start(() -> source.follow(watch)));
    }
    return source;
  }

  @Override
  public @Nullable Event next(Instant end) throws Failure, IOException, InterruptedException {
    Arrival arrival =
        end.equals(Instant.MAX)
            ? arrivals.take()
            : arrivals.poll(Duration.between(Instant.now(), end).toMillis(), TimeUnit.MILLISECONDS);
    return switch (arrival) {
      case null -> null;
      case Arrival.Came came -> came.event();
      case Arrival.Broken(Failure why) -> throw why;
      case Arrival.Broken(IOException why) -> throw why;
      case Arrival.Broken(Exception why) -> throw new IllegalStateException(why);
    };
  }

  private void follow(Watch watch) {
    try {
      watch.follow(
          "",
          (type, data) -> {
            arrivals.put(new Arrival.Came(new Event(type, data)));
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Failure | IOException | RuntimeException e) {
      if (!arrivals.offer(new Arrival.Broken(e))) {
        throw new IllegalStateException("nobody reads the events", e);
      }
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
