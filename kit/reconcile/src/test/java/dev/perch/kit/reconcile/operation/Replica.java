package dev.perch.kit.reconcile.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.operation.Operation;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.LeaseLostException;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Rig;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.reconcile.Workers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a service whose one kind of operation is {@link Probe}; also a process of its own.
 */
final class Replica implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  static final Cause CAUSE = new Cause("somebody", "probe.start", "to see");

  final Rig rig;
  final OperationBook book;
  final Operations operations;
  private final OperationDriver driver;

  private Replica(Rig rig) {
    this.rig = rig;
    LongWork work =
        new LongWork("probe", rig.database, rig.outbox, rig.items, List.of(new Probe(rig)));
    book = work.book();
    operations = work.operations();
    driver = work.driver();
  }

  static Replica fresh() throws SQLException {
    Replica replica = new Replica(Rig.fresh("operations"));
    Probe.migrate(replica.rig);
    return replica;
  }

  /** Another one, on the same database. */
  Replica another() throws SQLException {
    return new Replica(Rig.on(rig.of));
  }

  /**
   * Works in a process of its own until it is killed; with the argument {@code once} on one key.
   */
  public static void main(String[] arguments) throws Exception {
    Replica replica = new Replica(Rig.of(arguments));
    if (List.of(arguments).contains("once")) {
      replica.rig.workOnce(Operations.QUEUE, replica::telling);
    } else {
      var _ = replica.work();
    }
    Thread.currentThread().join();
  }

  /** Tells on standard output when a write was refused. */
  private Outcome telling(Claim claim) throws Exception {
    try {
      return driver.reconcile(claim);
    } catch (LeaseLostException e) {
      System.out.println("REFUSED " + claim);
      throw e;
    }
  }

  Workers work() {
    return rig.work(new WorkQueue(Operations.QUEUE, 16, driver));
  }

  static ObjectNode spec(String... steps) {
    ObjectNode spec = Json.MAPPER.createObjectNode();
    spec.set("steps", Json.MAPPER.valueToTree(List.of(steps)));
    return spec;
  }

  UUID request(String target, ObjectNode spec) throws SQLException {
    Operation asked =
        rig.database.transaction(
            connection ->
                operations.request(
                    connection, new NewOperation(Probe.NAME, target, null, spec, CAUSE)));
    operations.wake();
    return asked.id();
  }

  Shown show(UUID id) throws SQLException {
    return book.show(id).orElseThrow();
  }

  Operation read(UUID id) throws SQLException {
    return show(id).operation();
  }

  Operation.@Nullable State state(UUID id) throws SQLException {
    return read(id).state();
  }

  Operation awaitState(UUID id, Operation.State state) {
    return await().atMost(PATIENCE).until(() -> read(id), operation -> operation.state() == state);
  }

  void go(String step) throws SQLException {
    rig.execute("insert into go values ('" + step + "')");
  }

  List<@Nullable String> effects(UUID id) throws SQLException {
    return rig.column("select what || ' ' || step from effect where operation = ? order by id", id);
  }

  /** The events of an operation, in the order of publication, have all versions. */
  void assertPublishedWhole(UUID id) throws SQLException {
    long last = read(id).version();
    assertThat(rig.column("select version from outbox where key = ? order by id", id.toString()))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, last).mapToObj(Long::toString).toList());
  }

  @Override
  public void close() {
    rig.close();
  }
}
