package dev.perch.certmon.secret;

import dev.perch.certmon.cluster.Connections;
import dev.perch.certmon.cluster.Connections.Connected;
import dev.perch.certmon.kubernetes.SecretWatch;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches every namespace that certificates are published to, and has a Secret looked at that is
 * not as it was read back. Each replica does: it costs a connection for each namespace, over which
 * come names and versions only.
 *
 * <p>What is heard is looked up once a second for all, so that our own writes are known by then.
 * Nothing is lost by a crash: a watch begins with all there are.
 */
public final class SecretWatches implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SecretWatches.class);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Database database;
  private final Connections connections;
  private final WorkItems items;
  private final Thread thread = Thread.ofVirtual().name("secret-watches").unstarted(this::run);
  private final Map<Place, Watched> watched = new HashMap<>();
  private volatile boolean closed;

  public SecretWatches(Database database, Connections connections, WorkItems items) {
    this.database = database;
    this.connections = connections;
    this.items = items;
  }

  /** What is watched. */
  private record Place(String cluster, String namespace) {}

  /**
   * A watch.
   *
   * @param version of the way to its cluster
   */
  private record Watched(String version, Heard heard, SecretWatch watch) {}

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        follow(database.each(this::wanted));
        hear();
      } catch (SQLException | RuntimeException e) {
        LOG.atWarn().setCause(e).log("Watches of Secrets could not be looked after");
      }
      try {
        Thread.sleep(PACE);
      } catch (InterruptedException e) {
        break;
      }
    }
    watched.values().forEach(one -> one.watch().close());
  }

  private Map<Place, Connected> wanted(Connection connection) throws SQLException {
    connections.retain(connection);
    Map<String, Optional<Connected>> clusters = new HashMap<>();
    Map<Place, Connected> wanted = new HashMap<>();
    for (Map.Entry<String, String> one : SecretTable.namespaces(connection)) {
      if (!clusters.containsKey(one.getKey())) {
        clusters.put(one.getKey(), connections.named(connection, one.getKey()));
      }
      Optional<Connected> cluster = clusters.get(one.getKey());
      if (cluster != null && cluster.isPresent()) {
        wanted.put(new Place(one.getKey(), one.getValue()), cluster.get());
      }
    }
    return wanted;
  }

  /** Ends what is not wanted any more and begins what is not there yet. */
  private void follow(Map<Place, Connected> wanted) {
    for (Place place : Set.copyOf(watched.keySet())) {
      Watched one = watched.get(place);
      Connected now = wanted.get(place);
      if (one != null && (now == null || !now.version().equals(one.version()))) {
        watched.remove(place);
        one.watch().close();
      }
    }
    wanted.forEach(
        (place, cluster) -> {
          if (!watched.containsKey(place)) {
            watched.put(place, watch(place, cluster));
          }
        });
  }

  private static Watched watch(Place place, Connected cluster) {
    Heard heard = new Heard(place.cluster(), place.namespace());
    SecretWatch watch = new SecretWatch(cluster.access(), place.namespace(), heard);
    watch.start();
    return new Watched(cluster.version(), heard, watch);
  }

  private void hear() throws SQLException {
    Set<String> different = new TreeSet<>();
    for (Map.Entry<Place, Watched> one : watched.entrySet()) {
      Heard.@Nullable News news = one.getValue().heard().next();
      if (news != null) {
        try {
          different.addAll(
              database.each(
                  connection ->
                      SecretTable.different(
                          connection,
                          one.getKey().cluster(),
                          one.getKey().namespace(),
                          news.versions(),
                          news.isAll())));
        } catch (SQLException e) {
          one.getValue().heard().again(news);
          throw e;
        }
      }
    }
    if (!different.isEmpty()) {
      database.run(connection -> items.wake(connection, SecretWork.QUEUE, different));
      items.ring(SecretWork.QUEUE);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
