package dev.perch.bench.certmon;

import dev.perch.bench.measure.Memory;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * What it costs to watch a million certificates that need nothing: copies of one that was issued,
 * each with its revision and its next look in the far future. They are on no topic and are removed
 * at the end.
 */
final class IdleFigures {
  private static final String COPIES = "bench-idle-";
  private static final double MEGABYTE = 1 << 20;

  private final Stack stack;
  private final Report report;
  private final boolean brief;

  IdleFigures(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.brief = brief;
  }

  void take() throws IOException, InterruptedException, SQLException, TimeoutException {
    int count = brief ? 10_000 : 1_000_000;
    try (Certmon certmon = new Certmon(stack)) {
      UUID ca = certmon.ca();
      certmon.create(ca, 1);
      certmon.awaitIssued(ca, 1, 1);
      report.say("making %,d copies of a certificate".formatted(count));
      try {
        copy(certmon, ca, count);
        measure(certmon, count);
      } finally {
        remove(certmon);
      }
    }
  }

  private static void copy(Certmon certmon, UUID ca, int count) throws SQLException {
    certmon.update(
        """
        with one as (select * from certificate where issuer_id = '%1$s' limit 1),
          copies as (
            insert into certificate (id, version, document)
            select copy.id, 1,
              one.document || jsonb_build_object('id', copy.id, 'name', '%2$s' || copy.i)
            from one, (select gen_random_uuid() as id, i from generate_series(1, %3$d) i) copy
            returning id),
          revisions as (
            insert into revision (certificate_id, number, issuer_id, status, asked_for, chain,
              serial, not_before, not_after)
            select copies.id, 1, r.issuer_id, 'ACTIVE', r.asked_for, r.chain, r.serial,
              r.not_before, r.not_after
            from copies, revision r join one on one.id = r.certificate_id)
        insert into work_item (queue, key, due_at)
        select 'certificates', id::text, clock_timestamp() + interval '60 days' from copies
        """
            .formatted(ca, COPIES, count));
    certmon.update("vacuum analyze");
  }

  private void measure(Certmon certmon, int count) throws IOException, InterruptedException {
    Thread.sleep(brief ? 2_000 : 60_000);
    String queue = "queue=\"certificates\"";
    double polls = certmon.meter("work_poll_seconds_count", queue);
    double spent = certmon.meter("work_poll_seconds_sum", queue);
    Thread.sleep(brief ? 5_000 : 60_000);
    double looks = certmon.meter("work_poll_seconds_count", queue) - polls;
    report.say("measured: %,.0f looks".formatted(looks));
    report.lower(
        "a look at the queue with %,d certificates".formatted(count),
        (certmon.meter("work_poll_seconds_sum", queue) - spent) / looks * 1000,
        "ms",
        1.0);
    report.lower("PSS of certmon", Memory.ofTrees(List.of(certmon.pid())) / MEGABYTE, "MB", 512.0);
  }

  private static void remove(Certmon certmon) throws SQLException {
    certmon.update(
        """
        with copies as (
            delete from certificate where starts_with(name, '%s') returning id),
          revisions as (delete from revision using copies where certificate_id = copies.id)
        delete from work_item using copies where queue = 'certificates' and key = copies.id::text
        """
            .formatted(COPIES));
  }
}
