package dev.perch.bench.certmon;

import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * How fast a CA of certmon's own issues: from the first request over REST until the last revision
 * is in use, and all of them anew. Each is two commits that reach the disk: key and request, then
 * certificate.
 */
final class IssueFigures {
  private final Stack stack;
  private final Report report;
  private final boolean brief;

  IssueFigures(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.brief = brief;
  }

  void issued() throws IOException, InterruptedException, SQLException, TimeoutException {
    try (Certmon certmon = new Certmon(stack)) {
      UUID warm = certmon.ca();
      report.say("warming up");
      create(certmon, warm, brief ? 100 : 3_000);
      int count = brief ? 300 : 20_000;
      UUID ca = certmon.ca();
      double seconds = create(certmon, ca, count);
      report.higher("asked for over REST and issued by a CA", count / seconds, "cert/s", 300.0);
    }
  }

  /** As if their issuer had to be replaced: what is asked for of all at once. */
  void reissued() throws IOException, InterruptedException, SQLException, TimeoutException {
    try (Certmon certmon = new Certmon(stack)) {
      int count = brief ? 500 : 100_000;
      UUID ca = certmon.ca();
      report.say("making %,d certificates".formatted(count));
      create(certmon, ca, count);
      long begin = System.nanoTime();
      certmon.update(
          """
          with asked as (
            update certificate set asked_at = clock_timestamp() where issuer_id = '%s' returning id)
          insert into work_item as item (queue, key) select 'certificates', id::text from asked
          on conflict (queue, key) do update set wanted = item.wanted + 1,
            due_at = case when item.owner is null then clock_timestamp() else item.due_at end
          """
              .formatted(ca));
      certmon.awaitIssued(ca, 2, count);
      double seconds = (System.nanoTime() - begin) / 1e9;
      report.higher("%,d issued anew".formatted(count), count / seconds, "cert/s", null);
      report.lower("time for that", seconds / 60, "min", brief ? null : 6.0);
    }
  }

  private static double create(Certmon certmon, UUID ca, int count)
      throws InterruptedException, SQLException, TimeoutException {
    long begin = System.nanoTime();
    certmon.create(ca, count);
    certmon.awaitIssued(ca, 1, count);
    return (System.nanoTime() - begin) / 1e9;
  }
}
