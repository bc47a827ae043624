package dev.perch.inventory.presence;

import dev.perch.contract.alarm.AlarmCatalogue;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.site.SiteRegistry;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.alarms.Finding;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Transactions;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watch over all hosts of this replica, and its place among the others. */
@ApplicationScoped
public class Presences {
  private static final Logger LOG = LoggerFactory.getLogger(Presences.class);
  private static final int WRITERS = 4;

  /** In seconds. */
  private static final int ORPHANS_EVERY = 30;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Database database;
  private final Transactions transactions;
  private final Alarms alarms;
  private final Replica replica;
  private final PresenceBook book;
  private final Attention attention = new Attention(System::nanoTime);
  private final Watch watch;
  private final List<TransitionWriter> writers;
  private volatile boolean ended;

  Presences(
      Database database,
      Transactions transactions,
      HostRegistry hosts,
      SiteRegistry sites,
      Alarms alarms,
      PresenceConfig config) {
    this.database = database;
    this.transactions = transactions;
    this.alarms = alarms;
    replica = new Replica(config.replicaDeadAfter(), config.reconnectWindow());
    book = new PresenceBook(hosts, sites, config.offlineAfter(), config.reconnectWindow());
    watch =
        new Watch(
            config.degradedAfter(),
            config.offlineAfter(),
            config.reconnectWindow().multipliedBy(Replica.WINDOWS - 1),
            System::nanoTime,
            attention,
            new ToWriters());
    writers = Stream.generate(() -> new TransitionWriter(this::write)).limit(WRITERS).toList();
  }

  /** Begins to watch. Call it once, before the first session is opened. */
  public void start() {
    Thread.ofPlatform().daemon().name("presence-watch").start(this::watch);
    Thread.ofVirtual().name("presence-replica").start(this::live);
  }

  public UUID replica() {
    return replica.id();
  }

  /** Whether this replica keeps up; tell it what hinders. */
  public Attention attention() {
    return attention;
  }

  /**
   * A session was opened here.
   *
   * @param known what the session's row said: a host that was not present becomes it
   * @param silent called when the host is found offline
   */
  public Watched opened(
      UUID host, UUID site, long session, long beatMillis, Presence known, Runnable silent) {
    var watched = new Watched(host, site, session, beatMillis, System.nanoTime(), silent);
    watch.add(watched);
    if (known != Presence.PRESENT) {
      put(new Transition(host, site, session, Presence.PRESENT, Duration.ZERO));
    }
    return watched;
  }

  public void heard(Watched host) {
    watch.heard(host);
  }

  /** Alarms of a host that has no agent any more. */
  public void forget(UUID host) {
    for (String alarm :
        List.of("host-offline", "host-degraded", "duplicate-agent-identity", "agent-outdated")) {
      alarms.clear(alarm, host.toString());
    }
  }

  /**
   * The process ends on purpose: nobody is judged here any more, and the hosts have the reconnect
   * window to connect elsewhere.
   */
  public void leave() {
    ended = true;
    try {
      database.run(replica::leave);
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("Replica could not say goodbye; the others will notice");
    }
  }

  private void watch() {
    while (!ended) {
      watch.turn();
      LockSupport.parkNanos(Watch.TICK_NANOS);
    }
  }

  private void live() {
    for (long second = 0; !ended; second++) {
      boolean thorough = second % ORPHANS_EVERY == 0;
      try {
        database
            .transaction(
                connection -> {
                  replica.beat(connection, attention.isBehind());
                  replica.bury(connection);
                  if (thorough) {
                    replica.orphan(connection);
                  }
                  return replica.due(connection);
                })
            .forEach(due -> writer(due).putUnlessOther(due));
      } catch (SQLException | RuntimeException e) {
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Replica cannot be seen");
      }
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }

  private void put(Transition transition) {
    writer(transition).put(transition);
  }

  /** Hosts of one site go to one writer, so that they do not wait for each other's locks. */
  private TransitionWriter writer(Transition transition) {
    return writers.get(Math.floorMod(transition.site().hashCode(), WRITERS));
  }

  private void write(List<Transition> batch) {
    try {
      VertxContextSupport.subscribeAndAwait(
              () ->
                  transactions
                      .run(session -> book.apply(session, batch))
                      .ifNoItem()
                      .after(PATIENCE)
                      .fail())
          .forEach(this::tell);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private void tell(Outcome outcome) {
    switch (outcome) {
      case Outcome.SiteLost lost ->
          alarms.raise(
              Finding.of(
                      "site-unreachable",
                      lost.site().toString(),
                      lost.lost() + " of " + lost.members() + " agents fell silent at once")
                  .at(lost.site()));
      case Outcome.SiteReturned returned ->
          alarms.clear("site-unreachable", returned.site().toString());
      case Outcome.HostChanged changed -> tell(changed);
    }
  }

  private void tell(Outcome.HostChanged changed) {
    String host = changed.host().toString();
    if (changed.presence() != Presence.OFFLINE) {
      alarms.clear("host-offline", host);
    }
    if (changed.presence() != Presence.DEGRADED) {
      alarms.clear("host-degraded", host);
    }
    switch (changed.presence()) {
      case DEGRADED -> raise("host-degraded", changed);
      case OFFLINE -> raise("host-offline", changed);
      case PRESENT, UNKNOWN, NONE -> {}
    }
  }

  private void raise(String alarm, Outcome.HostChanged changed) {
    alarms.raise(
        Finding.of(alarm, changed.host().toString(), AlarmCatalogue.require(alarm).text())
            .at(changed.site()));
  }

  @PreDestroy
  void close() {
    ended = true;
    writers.forEach(TransitionWriter::close);
  }

  private final class ToWriters implements Watch.Findings {
    @Override
    public void degraded(Watched host, long silentNanos) {
      found(host, Presence.DEGRADED, silentNanos);
    }

    @Override
    public void offline(Watched host, long silentNanos) {
      found(host, Presence.OFFLINE, silentNanos);
    }

    @Override
    public void recovered(Watched host) {
      found(host, Presence.PRESENT, 0);
    }

    private void found(Watched host, Presence to, long silentNanos) {
      if (!ended) {
        put(
            new Transition(
                host.host(), host.site(), host.session(), to, Duration.ofNanos(silentNanos)));
      }
    }
  }
}
