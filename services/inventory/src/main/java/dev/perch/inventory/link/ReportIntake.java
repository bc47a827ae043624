package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkMessage.Refusal;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.inventory.SparingLog;
import dev.perch.inventory.report.Reported;
import dev.perch.inventory.report.Reports;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reports of many agents in one transaction and acknowledges them after it committed. While
 * the database is away, or the outbox full, they wait: agents stop at {@link
 * dev.perch.contract.link.LinkProtocol#OPEN_REPORTS} each.
 */
@ApplicationScoped
class ReportIntake {
  private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
  private static final SparingLog REFUSALS = new SparingLog(LOG);
  private static final int BATCH = 256;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Database database;
  private final SessionTable sessions;
  private final Reports reports;
  private final Batcher<Pending> pending;
  private volatile boolean ended;

  ReportIntake(Database database, SessionTable sessions, Reports reports) {
    this.database = database;
    this.sessions = sessions;
    this.reports = reports;
    pending = new Batcher<>("link-reports", BATCH, this::take);
  }

  /** A report of a session, with what is wrong with it. */
  private record Pending(
      Session session, long seq, List<Reported> reported, List<Refusal> refused) {}

  /** Reports of one session come in their order. */
  void put(Session session, Report report) {
    List<Reported> reported = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    ReportReader.read(session, report, reported, refused);
    pending.put(new Pending(session, report.seq(), reported, refused));
  }

  private void take(List<Pending> batch) {
    while (!ended) {
      try {
        commit(batch);
        return;
      } catch (SQLException | ProblemException e) {
        if (!isForGood(e)) {
          LOG.atWarn()
              .addKeyValue("reports", batch.size())
              .addKeyValue("reason", e.getMessage())
              .log("Reports wait");
          LockSupport.parkNanos(RETRY.toNanos());
        } else if (batch.size() == 1) {
          refuse(batch.getFirst(), e);
          return;
        } else {
          batch.forEach(one -> take(List.of(one)));
          return;
        }
      }
    }
  }

  /**
   * What the row holds is refused (SQLState classes 22, 23), or it is too large to be published.
   */
  private static boolean isForGood(Exception e) {
    if (e instanceof SQLException sql) {
      String state = sql.getSQLState();
      return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
    return e instanceof ProblemException refused && refused.problem() instanceof Problem.TooLarge;
  }

  private void refuse(Pending one, Exception why) {
    REFUSALS
        .atWarn()
        .addKeyValue("host", one.session().host())
        .addKeyValue("reason", why.getMessage())
        .log("Report refused");
    List<Refusal> refused =
        List.of(new Refusal(one.seq(), "report.refused", "The report cannot be stored."));
    one.session().acknowledge(new LinkMessage.Ack(one.seq(), refused), 1);
  }

  private void commit(List<Pending> batch) throws SQLException {
    Set<Session> newest = new HashSet<>();
    int fresh =
        database.transaction(
            connection -> {
              newest.clear();
              newest.addAll(newest(connection, batch));
              return reports.take(
                  connection,
                  batch.stream()
                      .filter(one -> newest.contains(one.session()))
                      .flatMap(one -> one.reported().stream())
                      .toList());
            });
    if (fresh > 0) {
      reports.published();
    }
    acknowledge(batch, newest);
  }

  /** Only the newest session of a host may write. */
  private Set<Session> newest(Connection connection, List<Pending> batch) throws SQLException {
    List<UUID> hosts = batch.stream().map(one -> one.session().host()).distinct().toList();
    Map<UUID, Long> numbers = sessions.lock(connection, hosts);
    Set<Session> newest = new HashSet<>();
    for (Pending one : batch) {
      if (numbers.getOrDefault(one.session().host(), -1L) == one.session().number()) {
        newest.add(one.session());
      }
    }
    return newest;
  }

  private static void acknowledge(List<Pending> batch, Set<Session> newest) {
    Map<Session, List<Pending>> bySession = new LinkedHashMap<>();
    batch.forEach(one -> bySession.computeIfAbsent(one.session(), s -> new ArrayList<>()).add(one));
    bySession.forEach(
        (session, taken) -> {
          if (newest.contains(session)) {
            session.acknowledge(
                new LinkMessage.Ack(
                    taken.getLast().seq(),
                    taken.stream().flatMap(one -> one.refused().stream()).toList()),
                taken.size());
          } else {
            session.end(LinkClose.SUPERSEDED);
          }
        });
  }

  @PreDestroy
  void close() {
    ended = true;
    pending.close();
  }
}
