package dev.perch.kit.outbox;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.EventHeaders;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.TestKafka;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private Rig rig;
  private Things things;

  @BeforeEach
  void freshService() throws Exception {
    rig = Rig.fresh("relay");
    things = rig.things;
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    TestKafka.start();
  }

  @Test
  void publishesTheChangeOnTheLogAndTheStateOnTheStateTopic() throws Exception {
    things.put("a", "one");
    things.put("a", "two");
    things.remove("a");

    rig.startRelay();
    rig.awaitDrained();

    assertThatEvents(rig.changes()).areCloudEvents().areStrictlyOrderedPerKey().areGapFreePerKey();
    assertThat(rig.changes())
        .extracting(event -> event.header(EventHeaders.TYPE).orElse(""))
        .containsExactly(
            "dev.perch.things.thing.created.v1",
            "dev.perch.things.thing.changed.v1",
            "dev.perch.things.thing.deleted.v1");
    assertThatEvents(rig.states()).areCloudEvents().areStrictlyOrderedPerKey();
    assertThat(rig.states().getLast())
        .satisfies(
            last -> {
              assertThat(last.isTombstone()).isTrue();
              assertThat(last.place()).isEqualTo(new Event.Place(1, 3));
            });
    assertThat(rig.meters.counter("outbox.published").count()).isEqualTo(3);
  }

  @Test
  void keepsTheTraceOfTheChange() throws Exception {
    SpanContext caller =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());
    try (Scope scope = Span.wrap(caller).makeCurrent()) {
      assertThat(scope).isNotNull();
      things.put("a", "one");
    }

    rig.startRelay();
    rig.awaitDrained();

    assertThat(rig.changes().getFirst().header(EventHeaders.TRACEPARENT))
        .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  @Test
  void keepsTheOrderOfEachKeyWithTwoRelaysAtOnce() throws Exception {
    rig.startRelay();
    rig.startRelay();

    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int writer = 0; writer < 6; writer++) {
        done.add(writers.submit(() -> putAll(100)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    rig.awaitDrained();

    assertThatEvents(rig.changes()).areStrictlyOrderedPerKey().areGapFreePerKey();
    assertThatEvents(rig.states()).areStrictlyOrderedPerKey();
    assertThat(rig.published()).isEqualTo(things.table());
  }

  private Void putAll(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      things.put("key-" + i % 10, "text " + i);
    }
    return null;
  }

  @Test
  void publishesWhatIsCommittedLateBeforeLaterVersionsOfItsKey() throws Exception {
    rig.startRelay();
    try (Connection late = rig.database.dataSource().getConnection()) {
      late.setAutoCommit(false);
      things.put(late, "late", "one");
      // Others go on for longer than it takes the relay to look for transactions that ended.
      for (int i = 0; i < 100; i++) {
        things.put("other-" + i, "text");
        await().atMost(10, SECONDS).until(() -> things.waiting() == 0);
      }
      late.commit();
    }
    things.put("late", "two");
    rig.awaitDrained();

    assertThatEvents(rig.changes()).areStrictlyOrderedPerKey().areGapFreePerKey();
    assertThat(rig.published()).isEqualTo(things.table());
  }

  @Test
  void takesChangesWhileTheBrokerIsDownAndPublishesThemWhenItIsBack() throws Exception {
    Relay relay = rig.startRelay();
    things.put("a", "before");
    rig.awaitDrained();

    TestKafka.stop();
    for (int i = 0; i < 50; i++) {
      things.put("a", "while down " + i);
    }
    await().atMost(30, SECONDS).until(() -> relay.fault() != null);
    assertThat(things.waiting()).isEqualTo(50);

    TestKafka.start();
    rig.awaitDrained();

    assertThatEvents(rig.changes()).areGapFreePerKey();
    assertThat(rig.published()).isEqualTo(things.table());
    await().atMost(10, SECONDS).until(() -> relay.fault() == null);
  }

  @Test
  void goesOnAfterItsDatabaseSessionWasTerminated() throws Exception {
    rig.startRelay();
    rig.startSuspects();

    for (int i = 0; i < 300; i++) {
      things.put("key-" + i % 7, "text " + i);
      if (i % 60 == 30) {
        terminateRelaySessions();
      }
    }

    rig.awaitTruth();
  }

  private void terminateRelaySessions() throws Exception {
    things.number(
        """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where application_name = 'perch-outbox-relay' and datname = current_database()
        """);
  }

  @Test
  void leavesTheRestToTheOtherRelayWhenItIsStopped() throws Exception {
    Relay first = rig.startRelay();
    for (int i = 0; i < 2000; i++) {
      things.put("key-" + i % 10, "text " + i);
      if (i == 1000) {
        rig.startRelay();
        first.close();
      }
    }
    rig.awaitDrained();

    assertThatEvents(rig.changes()).areStrictlyOrderedPerKey().areGapFreePerKey();
    assertThat(Objects.requireNonNull(rig.published().get("key-0"))).isEqualTo(200);
  }
}
