package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.inventory.notice.Notice;
import dev.perch.inventory.notice.NoticeReader;
import dev.perch.inventory.presence.Presences;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.outbox.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what other transactions and replicas did to the hosts that are connected here. */
@ApplicationScoped
class NoticeLoop {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeLoop.class);
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  private final NoticeReader notices;
  private final Database database;
  private final SessionTable sessions;
  private final Registry registry;
  private final DocumentFeed documents;
  private final Presences presences;
  private final Alarms alarms;
  private final Duration every;
  private volatile boolean ended;
  private long housekeptAt = System.nanoTime();

  NoticeLoop(
      DataSource source,
      Database database,
      SessionTable sessions,
      Registry registry,
      DocumentFeed documents,
      Presences presences,
      Alarms alarms,
      LinkConfig config) {
    this.notices = new NoticeReader(source);
    this.database = database;
    this.sessions = sessions;
    this.registry = registry;
    this.documents = documents;
    this.presences = presences;
    this.alarms = alarms;
    this.every = config.noticesEvery();
  }

  void start() {
    Thread.ofVirtual().name("link-notices").start(this::run);
  }

  private void run() {
    while (!ended) {
      try {
        act(notices.read());
        housekeep();
      } catch (SQLException | RuntimeException e) {
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Notices cannot be read now");
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
      LockSupport.parkNanos(every.toNanos());
    }
  }

  private void act(Set<Notice> posted) throws SQLException {
    List<UUID> sessionsOf = new ArrayList<>();
    for (Notice notice : posted) {
      switch (notice.kind()) {
        case DOCUMENTS -> documents.wake(notice.host());
        case SESSION -> sessionsOf.add(notice.host());
      }
    }
    if (!sessionsOf.isEmpty()) {
      compare(sessionsOf);
    }
  }

  private void compare(List<UUID> hosts) throws SQLException {
    Map<UUID, Long> newest = database.transaction(connection -> sessions.newest(connection, hosts));
    for (UUID host : hosts) {
      long number = newest.getOrDefault(host, -Long.MAX_VALUE);
      if (number < 0) {
        presences.forget(host);
      }
      registry
          .of(host)
          .filter(session -> session.number() < Math.abs(number))
          .ifPresent(session -> session.end(number < 0 ? LinkClose.REVOKED : LinkClose.SUPERSEDED));
    }
  }

  private void housekeep() throws SQLException {
    if (System.nanoTime() - housekeptAt < HOUSEKEEPING.toNanos()) {
      return;
    }
    housekeptAt = System.nanoTime();
    notices.forget();
    database
        .transaction(sessions::cleared)
        .forEach(host -> alarms.clear("duplicate-agent-identity", host.toString()));
  }

  void stop() {
    ended = true;
  }
}
