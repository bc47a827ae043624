package dev.perch.kit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final String Q = "q";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Rig rig;
  private Rig other;

  @BeforeEach
  void open() throws SQLException {
    rig = Rig.fresh("workers");
    other = Rig.on(rig.of);
  }

  @AfterEach
  void close() {
    other.close();
    rig.close();
  }

  @Test
  void twoReplicasNeverWorkOnOneKeyAtATime() throws SQLException {
    Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    Set<String> broken = ConcurrentHashMap.newKeySet();
    AtomicInteger runs = new AtomicInteger();
    Reconciler reconciler =
        claim -> {
          AtomicInteger here = inside.computeIfAbsent(claim.key(), key -> new AtomicInteger());
          if (here.incrementAndGet() > 1) {
            broken.add(claim.key());
          }
          runs.incrementAndGet();
          Thread.yield();
          here.decrementAndGet();
          return new Outcome.Done();
        };
    rig.work(new WorkQueue(Q, 16, reconciler));
    other.work(new WorkQueue(Q, 16, reconciler));

    // When each of 20 keys is woken 50 times, while it may be worked on
    String[] keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toArray(String[]::new);
    for (int i = 0; i < 50; i++) {
      rig.wake(Q, keys);
    }

    awaitEmpty();
    assertThat(broken).isEmpty();
    assertThat(runs.get()).isBetween(20, 1000);
  }

  @Test
  void aKeyThatIsWokenWhileItIsWorkedOnIsWorkedOnAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    rig.work(
        new WorkQueue(
            Q,
            4,
            claim -> {
              runs.incrementAndGet();
              begun.countDown();
              goOn.await();
              return new Outcome.Done();
            }));
    rig.wake(Q, "a");
    begun.await();

    rig.wake(Q, "a");
    goOn.countDown();

    awaitEmpty();
    assertThat(runs).hasValue(2);
  }

  @Test
  void workThatTakesLongerThanItsLeaseKeepsIt() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Reconciler slow =
        claim -> {
          runs.incrementAndGet();
          goOn.await();
          return new Outcome.Done();
        };
    rig.work(new WorkQueue(Q, 4, slow));
    other.work(new WorkQueue(Q, 4, slow));
    rig.wake(Q, "a");

    // When twice the lease has gone by, by the database's clock
    String due = "select due_at > clock_timestamp() from work_item where fence > 0";
    String later = "select due_at > (select min(due_at) from seen) + interval '6 s' from work_item";
    await().atMost(PATIENCE).until(() -> rig.column(due).equals(List.of("t")));
    rig.execute("create table seen as select due_at from work_item");
    await().atMost(PATIENCE).until(() -> rig.column(later).equals(List.of("t")));

    assertThat(runs).hasValue(1);
    goOn.countDown();
    awaitEmpty();
    assertThat(runs).hasValue(1);
  }

  @Test
  void aQueueThatIsFullDoesNotHoldUpAnother() throws SQLException {
    CountDownLatch never = new CountDownLatch(1);
    rig.work(
        new WorkQueue(
            "stuck",
            2,
            claim -> {
              never.await();
              return new Outcome.Done();
            }),
        new WorkQueue("free", 2, claim -> new Outcome.Done()));
    rig.wake("stuck", "a", "b", "c", "d");
    rig.wake("free", "a", "b", "c", "d");

    await().atMost(PATIENCE).until(() -> rows("free") == 0);
    assertThat(rows("stuck")).isEqualTo(4);
  }

  @Test
  void aStoppingProcessHandsBackWhatItWorksOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    CountDownLatch never = new CountDownLatch(1);
    Workers stopping =
        rig.work(
            new WorkQueue(
                Q,
                4,
                claim -> {
                  begun.countDown();
                  never.await();
                  return new Outcome.Done();
                }));
    rig.wake(Q, "a", "b", "c");
    begun.await();

    stopping.close();

    assertThat(rig.column("select key from work_item where owner is null and due_at <= now()"))
        .containsExactlyInAnyOrder("a", "b", "c");
    other.work(new WorkQueue(Q, 4, claim -> new Outcome.Done()));
    awaitEmpty();
  }

  @Test
  void terminatedSessionsLoseNothing() throws SQLException {
    AtomicInteger runs = new AtomicInteger();
    Reconciler reconciler =
        claim -> {
          if (runs.incrementAndGet() % 100 == 0) {
            TestPostgres.terminateSessions(rig.of);
          }
          return new Outcome.Done();
        };
    String[] keys = IntStream.range(0, 500).mapToObj(i -> "k" + i).toArray(String[]::new);
    rig.wake(Q, keys);

    rig.work(new WorkQueue(Q, 8, reconciler));

    awaitEmpty();
    assertThat(runs.get()).isGreaterThanOrEqualTo(500);
  }

  @Test
  void workThatFailsTooLongIsAnAlarmUntilItSucceeds() throws Exception {
    AtomicInteger broken = new AtomicInteger(1);
    rig.work(
        new WorkQueue(
            Q,
            4,
            claim ->
                broken.get() == 1
                    ? new Outcome.Failed(ErrorClass.MISCONFIGURED, "no such thing")
                    : new Outcome.Done()));
    rig.wake(Q, "a");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rig.troubles.active)
                    .containsEntry("reconcile-stuck/q", "a fails: MISCONFIGURED, no such thing"));

    broken.set(0);
    rig.wake(Q, "a");

    await().atMost(PATIENCE).until(() -> rig.troubles.active.isEmpty());
    assertThat(rig.meters.get("work.attempts").tag("outcome", "failed").counter().count())
        .isEqualTo(1);
  }

  @Test
  void whatIsThrownIsAFailureAndTriedAgain() throws SQLException {
    AtomicInteger runs = new AtomicInteger();
    rig.work(
        new WorkQueue(
            Q,
            4,
            claim -> {
              if (runs.incrementAndGet() == 1) {
                throw new IOException("the peer hung up");
              }
              return new Outcome.Done();
            }));

    rig.wake(Q, "a");

    awaitEmpty();
    assertThat(runs).hasValue(2);
  }

  private int rows(String queue) throws SQLException {
    return rig.column("select key from work_item where queue = ?", queue).size();
  }

  private void awaitEmpty() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> rows(Q) == 0);
  }
}
