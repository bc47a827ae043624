package dev.perch.kit.testkit;

import dev.perch.kit.embedded.PostgresSettings;

/**
 * The test JVM's PostgreSQL: started by the first call, shared by all test classes, ended with the
 * JVM. Each commit reaches the disk. A test that stops it starts it again in its
 * {@code @AfterEach}; such tests run one after the other (Surefire's default).
 */
public final class TestPostgres {
  private static final String LOOPBACK = "127.0.0.1";

  private TestPostgres() {}

  /**
   * An empty database, owned by a role of the same name that may do nothing elsewhere.
   *
   * @param prefix the beginning of its name: lower-case letters, digits, underscores
   */
  public static Database freshDatabase(String prefix) {
    return databases().create(prefix);
  }

  /**
   * Keeps a copy of the database as it is now. Ends all sessions of it, since PostgreSQL copies a
   * database only while nobody uses it.
   */
  public static Snapshot snapshot(Database database) {
    return databases().copy(database);
  }

  /** The database is again what it was at the snapshot. Ends all sessions of it. */
  public static void restore(Snapshot snapshot) {
    databases().restore(snapshot);
  }

  /** Another database that is what the one of the snapshot was then; of the same role. */
  public static Database another(Snapshot snapshot) {
    return databases().another(snapshot);
  }

  /** Ends all sessions of the database from the server's side; new ones may be opened at once. */
  public static void terminateSessions(Database database) {
    databases().terminateSessions(database.name());
  }

  /** The superuser's way into a database. */
  public static Database asSuperuser(Database database) {
    return new Database(
        LOOPBACK,
        postgres().port(),
        database.name(),
        PostgresSettings.SUPERUSER,
        postgres().password());
  }

  /** Starts it if it is stopped, with recovery if it was killed. */
  public static void start() {
    postgres().start();
  }

  /** Fast shutdown: sessions end, open transactions are rolled back. */
  public static void stop() {
    postgres().stop();
  }

  /** SIGKILL of all its processes. */
  public static void kill() {
    postgres().kill();
  }

  /** The postmaster's process id. */
  public static long pid() {
    return postgres().pid();
  }

  /**
   * A copy of a database at some moment.
   *
   * @param of the database that was copied
   * @param copy the name of the copy
   */
  public record Snapshot(Database of, String copy) {}

  private static Databases databases() {
    return new Databases(
        new Database(
            LOOPBACK,
            postgres().port(),
            "postgres",
            PostgresSettings.SUPERUSER,
            postgres().password()));
  }

  private static SharedPostgres postgres() {
    return OncePerJvm.get(SharedPostgres.class, PostgresOfJvm.class);
  }
}
