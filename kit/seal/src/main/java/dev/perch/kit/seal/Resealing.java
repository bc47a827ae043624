package dev.perch.kit.seal;

import dev.perch.kit.outbox.Database;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps every sealed column under the newest key-encryption key. */
final class Resealing {
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

  private final Database database;
  private final Seal seal;
  private final List<SealedColumn> columns;

  Resealing(Database database, Seal seal, List<SealedColumn> columns) {
    this.database = database;
    this.seal = seal;
    this.columns = List.copyOf(columns);
  }

  /**
   * A service that could not open what it has must not start: it would make new keys for old ones.
   *
   * @throws UnknownKeyException if a secret is sealed under a key that the file does not have
   */
  void requireKnownKeys() throws SQLException {
    for (SealedColumn column : columns) {
      for (int version : database.each(column::versions)) {
        seal.requireKnown(version);
      }
    }
  }

  /** Reads the key file again, and seals anew whatever is under an older version. */
  void run() throws SQLException {
    seal.reload();
    for (SealedColumn column : columns) {
      int count = column.reseal(database, seal);
      if (count > 0) {
        LOG.atInfo()
            .addKeyValue("column", column.binding("").table())
            .addKeyValue("count", count)
            .addKeyValue("version", seal.version())
            .log("Secrets are sealed under a new key");
      }
    }
  }
}
