package dev.perch.bench.soak.life;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Has part of what is kept for a time become older than that: by the clock of the database, which
 * cannot be moved, so its rows are.
 */
final class Retention {
  /**
   * What is kept for a time.
   *
   * @param age makes rows that are older than the parameter so old that they are to be forgotten
   * @param old counts what is to be forgotten
   */
  record Kept(String table, String howLong, String age, String old) {}

  static final List<Kept> ALL =
      List.of(
          new Kept(
              "operation",
              "90 days",
              "update operation set finished_at = finished_at - interval '91 days' where created_at < ?",
              "select count(*) from operation where finished_at < now() - interval '90 days'"),
          new Kept(
              "idempotency_key",
              "24 hours",
              "update idempotency_key set created_at = created_at - interval '25 hours'"
                  + " where created_at < ?",
              "select count(*) from idempotency_key where created_at < now() - interval '24 hours'"),
          new Kept(
              "outbox_deleted",
              "as long as tombstones",
              "update outbox_deleted set deleted_at = deleted_at - interval '60 days'"
                  + " where deleted_at < ?",
              "select count(*) from outbox_deleted where deleted_at < now() - interval '59 days'"),
          new Kept(
              "timeline",
              "13 months",
              "insert into timeline select resource_id, version, at - interval '15 months', kind, what,"
                  + " actor, operation, reason, state from timeline where at < ?",
              "select count(*) from timeline where at < now() - interval '14 months'"));

  private Retention() {}

  /**
   * Ages what was there at an instant.
   *
   * @return how many rows are to be forgotten
   */
  static long age(Connection superuser, Kept kept, Instant before) throws SQLException {
    if (kept.table().equals("timeline")) {
      partition(superuser, YearMonth.now(ZoneOffset.UTC).minusMonths(15));
      partition(superuser, YearMonth.now(ZoneOffset.UTC).minusMonths(16));
    }
    try (PreparedStatement age = superuser.prepareStatement(kept.age())) {
      age.setObject(1, before.atOffset(ZoneOffset.UTC));
      age.executeUpdate();
    }
    return old(superuser, kept);
  }

  static long old(Connection superuser, Kept kept) throws SQLException {
    try (Statement select = superuser.createStatement();
        ResultSet row = select.executeQuery(kept.old())) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Has what is done once an hour be done now. */
  static void hurry(Connection superuser) throws SQLException {
    try (Statement update = superuser.createStatement()) {
      update.execute("update work_item set due_at = now() where queue = 'operations-forgetting'");
    }
  }

  /** As the service would have made it then. */
  private static void partition(Connection superuser, YearMonth month) throws SQLException {
    try (Statement create = superuser.createStatement()) {
      create.execute(
          "create table if not exists timeline_%tY_%1$tm partition of timeline for values from ('%s') to ('%s')"
              .formatted(
                  month.atDay(1),
                  month.atDay(1) + "T00:00Z",
                  month.plusMonths(1).atDay(1) + "T00:00Z"));
      create.execute(
          "alter table timeline_%tY_%1$tm owner to %s".formatted(month.atDay(1), owner(superuser)));
    }
  }

  private static String owner(Connection superuser) throws SQLException {
    try (Statement select = superuser.createStatement();
        ResultSet row =
            select.executeQuery(
                "select quote_ident(tableowner) from pg_tables where tablename = 'timeline'")) {
      row.next();
      return row.getString(1);
    }
  }
}
