package dev.perch.kit.timeline;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What workers do to resources of one kind, in blocking transactions; as {@link Resources} does.
 */
public final class ResourceBook<R extends Resource> {
  private final ResourceKind<R> kind;
  private final Timeline timeline;

  public ResourceBook(ResourceKind<R> kind, Timeline timeline) {
    this.kind = kind;
    this.timeline = timeline;
  }

  /**
   * Keeps a resource that is new. Call {@link #published} after the commit.
   *
   * @return false, and nothing was done, if what has to be unique of it is taken
   */
  public boolean create(Connection connection, R resource, Cause cause) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + kind.table()
                + " (id, version, document) values (?, ?, ?::jsonb) on conflict do nothing")) {
      insert.setObject(1, resource.id());
      insert.setLong(2, resource.version());
      insert.setString(3, Json.write(resource));
      if (insert.executeUpdate() == 0) {
        return false;
      }
    }
    timeline.append(connection, List.of(kind.version(null, resource, cause)));
    return true;
  }

  public Optional<R> find(Connection connection, UUID id) throws SQLException {
    return one(connection, id, "");
  }

  /** Nobody changes or removes it before the transaction ends; others may share it, too. */
  public Optional<R> share(Connection connection, UUID id) throws SQLException {
    return one(connection, id, " for share");
  }

  /** Nobody else changes it before the transaction ends. */
  public Optional<R> lock(Connection connection, UUID id) throws SQLException {
    return one(connection, id, " for no key update");
  }

  private Optional<R> one(Connection connection, UUID id, String lock) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select document::text from " + kind.table() + " where id = ?" + lock)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(kind.read(row.getString(1))) : Optional.empty();
      }
    }
  }

  /**
   * Changes a resource. Call {@link #published} after the commit.
   *
   * @param edit runs while the row is locked and gives the next version; what it was given means
   *     that nothing changes
   * @return the resource as it is now; empty if there is none
   */
  public Optional<R> change(Connection connection, UUID id, UnaryOperator<R> edit, Cause cause)
      throws SQLException {
    Optional<R> found = lock(connection, id);
    return found.isEmpty()
        ? found
        : Optional.of(replace(connection, found.get(), edit.apply(found.get()), cause));
  }

  /** Writes the next version of a resource that is locked; itself again changes nothing. */
  public R replace(Connection connection, R before, R after, Cause cause) throws SQLException {
    if (after.equals(before)) {
      return before;
    }
    kind.requireNext(before, after);
    try (PreparedStatement update =
        connection.prepareStatement(
            "update " + kind.table() + " set version = ?, document = ?::jsonb where id = ?")) {
      update.setLong(1, after.version());
      update.setString(2, Json.write(after));
      update.setObject(3, after.id());
      update.executeUpdate();
    }
    timeline.append(connection, List.of(kind.version(before, after, cause)));
    return after;
  }

  /** Removes a resource that is locked; its timeline stays. */
  public void remove(Connection connection, R last, Cause cause) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + kind.table() + " where id = ?")) {
      delete.setObject(1, last.id());
      delete.executeUpdate();
    }
    timeline.append(connection, List.of(kind.version(last, null, cause)));
  }

  /** Has what was changed published now. */
  public void published() {
    timeline.published();
  }
}
