package dev.perch.certmon.cluster;

import java.sql.Connection;
import java.sql.SQLException;

/** Whoever waits for a cluster. */
public interface Publishing {

  /** It answers, or may be reached otherwise than before; in the transaction that says so. */
  void goOn(Connection connection, String cluster) throws SQLException;

  /** That transaction was committed. */
  void committed();
}
