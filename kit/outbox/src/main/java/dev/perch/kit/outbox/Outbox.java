package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes into the transaction that makes them; the {@link Relay} publishes them after it
 * committed, in the order of the versions of each key.
 *
 * <p>Lock the aggregate's row, by an update or {@code for update}, before appending its change: the
 * order of publication is the order of appending, and only the lock makes that the order of the
 * versions.
 */
public final class Outbox {

  /** What a state and a change may have at most, each, in UTF-8. */
  public static final int MAX_BYTES = 512 * 1024;

  private static final String UNPUBLISHED =
      """
      select 1 from outbox where state_topic = ? and key = ?
      union all select 1 from outbox_set_aside where state_topic = ? and key = ? limit 1
      """;

  private final Capacity capacity;
  private final Doorbell relay;
  private final Runnable wake = this::wake;
  private final Map<Mutiny.StatelessSession, Set<Runnable>> afterCommit =
      Collections.synchronizedMap(new WeakHashMap<>());

  public Outbox(Capacity capacity, Doorbell relay) {
    this.capacity = capacity;
    this.relay = relay;
  }

  /**
   * Appends a change to the session's transaction. Run it in {@link Transactions#run}, which wakes
   * the relay after the commit.
   *
   * @return fails with a problem: 503 while the outbox is full, 413 if the change is larger than
   *     {@link #MAX_BYTES}
   */
  public Uni<Void> append(Mutiny.StatelessSession session, Change change) {
    return Uni.createFrom()
        .deferred(
            () -> {
              admit(change);
              return insert(session, Entry.of(change));
            });
  }

  /**
   * As {@link #append}, with a row of the caller's own that the same statement writes: one round
   * trip to the database less than two inserts.
   */
  public Uni<Void> append(Mutiny.StatelessSession session, Change change, Companion companion) {
    return Uni.createFrom()
        .deferred(
            () -> {
              admit(change);
              return insert(session, Entry.of(change), companion);
            });
  }

  /** As {@link #append}, in a blocking transaction; call {@link #wake} after its commit. */
  public void append(Connection connection, Change change) throws SQLException {
    admit(change);
    insert(connection, Entry.of(change));
  }

  /** Several changes in their order, in few round trips; as {@link #append} otherwise. */
  public void append(Connection connection, List<Change> changes) throws SQLException {
    int from = 0;
    while (from < changes.size()) {
      boolean deletion = changes.get(from).state() == null;
      int to = from;
      while (to < changes.size() && (changes.get(to).state() == null) == deletion) {
        to++;
      }
      insertAll(connection, changes.subList(from, to));
      from = to;
    }
  }

  /** Appends a state without a change: it is published on the state topic only. */
  public Uni<Void> restate(Mutiny.StatelessSession session, Snapshot snapshot) {
    return Uni.createFrom().deferred(() -> insert(session, Entry.of(snapshot)));
  }

  /** As {@link #restate}, in a blocking transaction. */
  public void restate(Connection connection, Snapshot snapshot) throws SQLException {
    insert(connection, Entry.of(snapshot));
  }

  /** Whether the broker has acknowledged all that was appended for a key. */
  public boolean isPublished(Connection connection, Aggregate aggregate, String key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNPUBLISHED)) {
      for (int i = 0; i < 2; i++) {
        select.setString(2 * i + 1, aggregate.state().name());
        select.setString(2 * i + 2, key);
      }
      try (ResultSet row = select.executeQuery()) {
        return !row.next();
      }
    }
  }

  /** Has the relay look for rows now instead of within a second. */
  public void wake() {
    relay.ring();
  }

  /**
   * Has something done when the transaction of a session that runs in {@link Transactions#run} has
   * committed; nothing if it rolls back. The same task twice is done once.
   *
   * @param task returns at once and does not throw
   */
  public void afterCommit(Mutiny.StatelessSession session, Runnable task) {
    afterCommit.computeIfAbsent(session, any -> new CopyOnWriteArraySet<>()).add(task);
  }

  /** An alarm is always taken: it may be the one that says that the outbox is full. */
  private void admit(Change change) {
    if (!change.aggregate().equals(Catalogue.ALARMS)) {
      capacity.admit();
    }
  }

  /** A transaction has ended. */
  void ended(Mutiny.@Nullable StatelessSession session, boolean committed) {
    Set<Runnable> tasks = session == null ? null : afterCommit.remove(session);
    if (tasks != null && committed) {
      tasks.forEach(Runnable::run);
    }
  }

  private Uni<Void> insert(Mutiny.StatelessSession session, Entry entry) {
    return execute(session, entry.sql(), entry.values());
  }

  private Uni<Void> insert(Mutiny.StatelessSession session, Entry entry, Companion companion) {
    List<@Nullable Object> values = new ArrayList<>(entry.values());
    values.addAll(companion.values());
    return execute(session, companion.insert().before(entry.sql()), values);
  }

  private Uni<Void> execute(
      Mutiny.StatelessSession session, String sql, List<@Nullable Object> values) {
    Mutiny.Query<Object> insert = session.createNativeQuery(sql);
    for (int i = 0; i < values.size(); i++) {
      insert.setParameter(i + 1, values.get(i));
    }
    return insert.executeUpdate().invoke(() -> afterCommit(session, wake)).replaceWithVoid();
  }

  private static void insert(Connection connection, Entry entry) throws SQLException {
    try (PreparedStatement insert = prepared(connection, entry)) {
      set(insert, entry);
      insert.executeUpdate();
    }
  }

  /** All are deletions, or none is: one statement serves them. */
  private void insertAll(Connection connection, List<Change> changes) throws SQLException {
    try (PreparedStatement insert = prepared(connection, Entry.of(changes.getFirst()))) {
      for (Change change : changes) {
        admit(change);
        set(insert, Entry.of(change));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** JDBC numbers its parameters by their places; each occurs once, in order. */
  private static PreparedStatement prepared(Connection connection, Entry entry)
      throws SQLException {
    return connection.prepareStatement(entry.sql().replaceAll("\\?\\d+", "?"));
  }

  private static void set(PreparedStatement insert, Entry entry) throws SQLException {
    for (int i = 0; i < entry.values().size(); i++) {
      insert.setObject(i + 1, entry.values().get(i));
    }
  }

  /**
   * An insert that goes with a change's.
   *
   * @param values of its columns, in their order
   */
  public record Companion(Insert insert, List<@Nullable Object> values) {

    /** Into which columns of which table; made once, because the statements are cached by text. */
    public static final class Insert {
      private final String withChange;
      private final String withDeletion;

      public Insert(String table, List<String> columns) {
        String insert =
            "with companion as (insert into %s (%s) values (%s))"
                .formatted(
                    table,
                    String.join(", ", columns),
                    IntStream.range(0, columns.size())
                        .mapToObj(i -> "?" + (i + 1 + Entry.PARAMETERS))
                        .collect(Collectors.joining(", ")));
        withChange = insert + " " + Entry.INSERT;
        withDeletion = insert + ", " + Entry.INSERT_DELETION.strip().substring("with ".length());
      }

      private String before(String statement) {
        return statement.equals(Entry.INSERT) ? withChange : withDeletion;
      }
    }
  }
}
