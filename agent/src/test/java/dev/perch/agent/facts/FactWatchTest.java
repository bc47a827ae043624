package dev.perch.agent.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactWatchTest {
  @TempDir Path temp;
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger value = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private FactWatch watch;
  private Thread looking;

  /** A network that says how often it has changed; nothing else can be found out. */
  private final class Collecting implements Collector {
    private final Facet facet;

    Collecting(Facet facet) {
      this.facet = facet;
    }

    @Override
    public Facet facet() {
      return facet;
    }

    @Override
    public Facts collect() throws Unavailable {
      if (facet == Facet.NETWORK) {
        looks.incrementAndGet();
      }
      throw new Unavailable(facet == Facet.NETWORK ? "change " + value : "not here");
    }
  }

  @BeforeEach
  void allFacetsWereLookedAtOnce() {
    Collectors collectors =
        new Collectors(Stream.of(Facet.values()).<Collector>map(Collecting::new).toList());
    FactBook book = new FactBook(collectors, StateFolder.at(temp.resolve("facts")));
    watch = new FactWatch(book, new SplittableRandom(1));
    looking = Thread.ofVirtual().start(watch);
    await().until(() -> book.digests().size() == Facet.values().length);
    looks.set(0);
    book.onChange(facet -> changes.incrementAndGet());
  }

  @AfterEach
  void stop() throws InterruptedException {
    looking.interrupt();
    looking.join();
  }

  @Test
  void whatIsTouchedIsLookedAtSoonAndToldIfItChanged() {
    value.incrementAndGet();
    watch.touch(Facet.NETWORK);

    await().atMost(Duration.ofSeconds(2)).until(() -> changes.get() == 1);
    assertThat(looks).hasValue(1);
  }

  @Test
  void whatIsNotTouchedIsLeftAlone() {
    await().during(Duration.ofMillis(500)).until(() -> looks.get() == 0);
  }

  @Test
  void muchTalkAboutNothingIsListenedToLessAndLess() {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .during(Duration.ofSeconds(3))
        .until(
            () -> {
              watch.touch(Facet.NETWORK);
              return changes.get() == 0;
            });

    // After 0.02, 0.1, 0.3, 0.7, 1.5 and 3.1 s.
    assertThat(looks.get()).isBetween(3, 7);
  }
}
