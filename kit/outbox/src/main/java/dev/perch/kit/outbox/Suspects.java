package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Keys of which an old record may still arrive at the broker behind newer ones: what a relay had
 * sent when its transaction was lost. Their newest state is published again at once, and once more
 * when nothing can arrive any more, so that it is the last on the state topic.
 *
 * <p>Closing the producer does not end what the kernel has taken: it goes on sending for a socket
 * nobody owns, for about 100 s on Linux (8 retries), while the network drops its packets.
 */
final class Suspects {

  /** After this long nothing that was sent can arrive any more. */
  static final Duration SETTLED = Duration.ofMinutes(3);

  private static final int CHUNK = 200;

  private final Database database;
  private final Collection<StateSource> sources;
  private final Restatement restatement;

  Suspects(Database database, Collection<StateSource> sources, Restatement restatement) {
    this.database = database;
    this.sources = List.copyOf(sources);
    this.restatement = restatement;
  }

  /** Remembers keys, in the connection's transaction. */
  static void add(Connection connection, Collection<Subject> subjects, Duration settled)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into outbox_suspect (state_topic, key, due, until)
            select topic, key, now(), now() + make_interval(secs => ?)
            from unnest(?::text[], ?::text[]) as s (topic, key)
            order by topic, key
            on conflict (state_topic, key) do update
              set due = excluded.due, until = excluded.until
            """)) {
      insert.setLong(1, settled.toSeconds());
      insert.setArray(
          2, connection.createArrayOf("text", subjects.stream().map(Subject::topic).toArray()));
      insert.setArray(
          3, connection.createArrayOf("text", subjects.stream().map(Subject::key).toArray()));
      insert.executeUpdate();
    }
  }

  /**
   * Publishes again what is due. Holds no lock meanwhile, so that a relay can report the same key;
   * two replicas may then publish a key both, which is harmless.
   */
  void republish() throws SQLException {
    for (StateSource source : sources) {
      String topic = source.aggregate().state().name();
      List<Due> due = database.transaction(connection -> due(connection, topic));
      if (!due.isEmpty()) {
        restatement.restate(source, due.stream().map(Due::key).toList());
        database.run(connection -> done(connection, topic, due));
      }
    }
  }

  private record Due(String key, OffsetDateTime at) {}

  private static List<Due> due(Connection connection, String topic) throws SQLException {
    List<Due> due = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select key, due from outbox_suspect
            where state_topic = ? and due <= now() order by key limit ?
            """)) {
      select.setString(1, topic);
      select.setInt(2, CHUNK);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          due.add(new Due(rows.getString(1), rows.getObject(2, OffsetDateTime.class)));
        }
      }
    }
    return due;
  }

  /** Each is due once more, at its end; unless it was reported again meanwhile. */
  private static void done(Connection connection, String topic, List<Due> due) throws SQLException {
    try (PreparedStatement again =
            connection.prepareStatement(
                """
                update outbox_suspect set due = until
                where state_topic = ? and key = ? and due = ? and due < until
                """);
        PreparedStatement end =
            connection.prepareStatement(
                "delete from outbox_suspect where state_topic = ? and key = ? and due = ?")) {
      for (Due one : due) {
        if (execute(again, topic, one) == 0) {
          execute(end, topic, one);
        }
      }
    }
  }

  private static int execute(PreparedStatement statement, String topic, Due due)
      throws SQLException {
    statement.setString(1, topic);
    statement.setString(2, due.key());
    statement.setObject(3, due.at());
    return statement.executeUpdate();
  }
}
