package dev.perch.inventory.host;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * What else goes when a host is removed. Every bean of this type is asked, in the same transaction.
 */
public interface HostRemoval {

  /**
   * Locks those of the rows that refer to the host which others lock before its own: the order is
   * token, key, session, host. The host's row is not locked yet, and may not be there.
   */
  default void lock(Connection connection, UUID host) throws SQLException {}

  /** The host's row is locked and about to go, with all rows that refer to it. */
  void before(Connection connection, Host host, Cause cause) throws SQLException;
}
