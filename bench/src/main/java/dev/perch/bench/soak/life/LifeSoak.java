package dev.perch.bench.soak.life;

import dev.perch.bench.agents.Crowd;
import dev.perch.bench.measure.Machine;
import dev.perch.bench.soak.Findings;
import dev.perch.bench.soak.life.Retention.Kept;
import dev.perch.bench.soak.life.Sizes.Size;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Token;
import dev.perch.launcher.process.ProcessId;
import dev.perch.launcher.process.StackState.PartState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Two days in the life of many hosts, each in a minute. Says what a day leaves in the database,
 * that what is kept for a time is forgotten after it, and that nothing else grows.
 */
public final class LifeSoak {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What became of things, kept for a time; everything else is the state of what there is. */
  private static final Set<String> HISTORY =
      Set.of(
          "timeline",
          "operation",
          "idempotency_key",
          "outbox_deleted",
          "outbox_republication",
          // The newest hundred of each report, however many there were.
          "host_report_version");

  /** Rows that come and go within minutes are not always the same number. */
  private static final int SLACK = 50;

  private final Stack stack;
  private final int hosts;
  private final Findings findings = new Findings();

  public LifeSoak(Stack stack, int hosts) {
    this.stack = stack;
    this.hosts = hosts;
  }

  /** Something that is waited for. */
  @FunctionalInterface
  private interface Condition {
    boolean isMet() throws SQLException;
  }

  /** Returns whether nothing grows without bound. */
  public boolean run()
      throws IOException, InterruptedException, SQLException, TimeoutException, ExecutionException {
    Machine.describe().forEach(System.out::println);
    try (var crowd = new Crowd(stack.folders().data("link").resolve("authorities.pem"));
        var inventory =
            new Inventory(stack.url("inventory"), new Token(stack), () -> Duration.ofSeconds(30));
        Connection superuser = stack.superuser("inventory")) {
      live(crowd, inventory, superuser);
    }
    System.out.println();
    findings.print(System.out::println);
    System.out.println(findings.isEmpty() ? "nothing grows without bound" : "FAILED");
    return findings.isEmpty();
  }

  private void live(Crowd crowd, Inventory inventory, Connection superuser)
      throws IOException, InterruptedException, SQLException, TimeoutException, ExecutionException {
    crowd.enrol(inventory, hosts, 100, Duration.ofSeconds(1));
    crowd.start(Duration.ofMillis(2L * hosts));
    await("all connect", () -> crowd.connected() == hosts);
    for (int n = 0; n < hosts; n++) {
      crowd.agents().get(n).report(new Hardware(n).all());
    }
    settle(crowd, superuser);
    UUID guests = inventory.createSite("guests-" + Long.toString(System.currentTimeMillis(), 36));
    Sizes morning = Sizes.of(superuser);
    System.out.printf("%,d hosts, %,d KiB in the database%n", hosts, morning.bytes() / 1024);

    Sizes first = day(1, crowd, inventory, superuser, guests, morning);
    Instant between = Instant.now();
    Sizes second = day(2, crowd, inventory, superuser, guests, first);
    compare(first, second);
    forget(superuser, between);
  }

  private Sizes day(
      int number, Crowd crowd, Inventory inventory, Connection superuser, UUID guests, Sizes before)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    long changes = new Day(inventory, crowd.agents(), guests, number).run();
    settle(crowd, superuser);
    Sizes after = Sizes.of(superuser);
    System.out.printf("%nday %d: %,d changes of facets and labels%n", number, changes);
    System.out.printf("%-24s %12s %12s %14s%n", "table", "rows", "KiB", "bytes per row");
    after
        .since(before)
        .forEach(
            (table, grown) ->
                System.out.printf(
                    "%-24s %,12d %,12d %14s%n",
                    table,
                    grown.rows(),
                    grown.bytes() / 1024,
                    grown.rows() > 0 ? "%,d".formatted(grown.bytes() / grown.rows()) : ""));
    long grown = after.bytes() - before.bytes();
    System.out.printf(
        "%-24s %12s %,12d, %,d bytes per change%n", "all", "", grown / 1024, grown / changes);
    return after;
  }

  /** Two days of the same: whatever is no history has as many rows after the second. */
  private void compare(Sizes first, Sizes second) {
    String check = "what is no history has no more rows after another day";
    findings.checked(check);
    second
        .since(first)
        .forEach(
            (table, grown) -> {
              if (!HISTORY.contains(table) && grown.rows() > SLACK) {
                findings.add(check, "%s: %,d rows more".formatted(table, grown.rows()));
              }
            });
    String bytes = "and takes not twice the place";
    findings.checked(bytes);
    second
        .tables()
        .forEach(
            (table, now) -> {
              Size was = first.of(table);
              if (!HISTORY.contains(table) && now.bytes() > 2 * was.bytes() + (1 << 20)) {
                findings.add(
                    bytes, "%s: %,d bytes, then %,d".formatted(table, was.bytes(), now.bytes()));
              }
            });
  }

  private void forget(Connection superuser, Instant between)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    System.out.println();
    for (Kept kept : Retention.ALL) {
      System.out.printf(
          "%-24s kept for %s: %,d rows are older now%n",
          kept.table(), kept.howLong(), Retention.age(superuser, kept, between));
    }
    restart();
    Retention.hurry(superuser);
    stack.perch("republish", "inventory");
    for (Kept kept : Retention.ALL) {
      String check = "%s: forgotten when its time is over".formatted(kept.table());
      findings.checked(check);
      try {
        await(check, () -> Retention.old(superuser, kept) == 0);
      } catch (TimeoutException e) {
        findings.add(check, "%,d rows are left".formatted(Retention.old(superuser, kept)));
      }
      String rest = "%s: and not earlier".formatted(kept.table());
      findings.checked(rest);
      if (Sizes.of(superuser).of(kept.table()).rows() == 0) {
        findings.add(rest, "no row is left");
      }
    }
  }

  /** What is looked at when a service starts is looked at now. */
  private void restart() throws InterruptedException, TimeoutException, SQLException {
    for (PartState part : stack.parts()) {
      if (part.name().startsWith("inventory")) {
        ProcessId process =
            part.alive().orElseThrow(() -> new IllegalStateException(part.name() + " is dead"));
        boolean asked = ProcessHandle.of(process.pid()).map(ProcessHandle::destroy).orElse(false);
        if (!asked) {
          throw new IllegalStateException(part.name() + " cannot be ended");
        }
        await(
            part.name() + " is back",
            () -> {
              PartState now = stack.part(part.name());
              return Stack.isReady(now) && !process.equals(now.process());
            });
      }
    }
  }

  /** Nothing is on its way any more, and nothing is being done. */
  private static void settle(Crowd crowd, Connection superuser)
      throws InterruptedException, TimeoutException, SQLException {
    await(
        "everything is taken, done and published",
        () ->
            crowd.agents().stream().allMatch(agent -> agent.unacknowledged() == 0)
                && isEmpty(superuser, "select 1 from operation where finished_at is null")
                && isEmpty(superuser, "select 1 from work_item where queue = 'topology'")
                && isEmpty(superuser, "select 1 from outbox"));
  }

  private static boolean isEmpty(Connection superuser, String sql) throws SQLException {
    try (Statement select = superuser.createStatement();
        ResultSet row = select.executeQuery(sql + " limit 1")) {
      return !row.next();
    }
  }

  private static void await(String what, Condition condition)
      throws InterruptedException, TimeoutException, SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(what + ": not within " + PATIENCE);
      }
      Thread.sleep(100);
    }
  }
}
