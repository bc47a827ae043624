package dev.perch.kit.web.idempotency;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets keys that are a day old. Every replica tries; the advisory lock lets one do it. */
@ApplicationScoped
public class IdempotencyPurge {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyPurge.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration FIRST_WITHIN = Duration.ofMinutes(1);
  private static final int AT_ONCE = 10_000;

  private static final String PURGE =
      """
      with mine as materialized (
        select pg_try_advisory_xact_lock(hashtextextended('idempotency-purge', 0)) as locked
      ), old as (
        select subject, path, key from idempotency_key
        where created_at < now() - interval '24 hours' and (select locked from mine)
        limit %d
      )
      delete from idempotency_key k using old
      where (k.subject, k.path, k.key) = (old.subject, old.path, old.key)
      """
          .formatted(AT_ONCE);

  private final Vertx vertx;
  private final Pool pool;
  private long timer;

  IdempotencyPurge(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  void start(@Observes StartupEvent event) {
    // Replicas that start together do not all come at the same moment.
    long first = ThreadLocalRandom.current().nextLong(1, FIRST_WITHIN.toMillis());
    timer = vertx.setPeriodic(first, EVERY.toMillis(), tick -> runQuietly());
  }

  void stop(@Observes ShutdownEvent event) {
    var _ = vertx.cancelTimer(timer);
  }

  /** Forgets the old keys; how many. However many come in a day, they do not pile up. */
  public Uni<Integer> run() {
    return once()
        .chain(
            forgotten ->
                forgotten < AT_ONCE
                    ? Uni.createFrom().item(forgotten)
                    : run().map(more -> forgotten + more));
  }

  private Uni<Integer> once() {
    return pool.withTransaction(connection -> connection.query(PURGE).execute())
        .map(rows -> rows.rowCount());
  }

  private void runQuietly() {
    var _ =
        run()
            .subscribe()
            .with(
                rows -> {},
                e -> LOG.atWarn().setMessage("Old idempotency keys stay").setCause(e).log());
  }
}
