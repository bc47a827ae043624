package dev.perch.certmon.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.contract.host.HostDocument;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The documents of certificates on hosts. The row and its place in the outbox are one transaction,
 * which holds the certificate's row: generations go out in their order.
 */
public final class HostDocuments {
  /** A document is a state without changes: it has no log. */
  static final Aggregate DESIRED =
      new Aggregate(
          "platform",
          "host-desired",
          Catalogue.hostDesired("certmon"),
          Catalogue.hostDesired("certmon"));

  private static final String SELECT =
      """
      select host_id, site_id, generation, since, revision, asked_for, spec::text
      from host_document where certificate_id = ?
      """;
  private static final String NEXT =
      """
      update certificate set host_generation = host_generation + 1 where id = ?
      returning host_generation
      """;
  private static final String UPSERT =
      """
      insert into host_document
        (certificate_id, host_id, site_id, generation, since, revision, asked_for, spec)
      values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      on conflict (certificate_id) do update
      set host_id = excluded.host_id, site_id = excluded.site_id,
        generation = excluded.generation, since = excluded.since, revision = excluded.revision,
        asked_for = excluded.asked_for, spec = excluded.spec
      """;
  private static final String DELETE = "delete from host_document where certificate_id = ?";

  private final Outbox outbox;

  public HostDocuments(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * What is wanted of a host.
   *
   * @param askedFor what its requests ask for
   * @param revision whose files it has; null for none
   */
  record Wanted(
      UUID certificate,
      UUID host,
      @Nullable UUID site,
      @Nullable Integer revision,
      String askedFor,
      FileSet spec) {}

  /**
   * The newest document.
   *
   * @param since the first generation that says the same of the files, the reload and the probe
   */
  public record Kept(
      UUID certificate,
      UUID host,
      @Nullable UUID site,
      long generation,
      long since,
      @Nullable Integer revision,
      String askedFor,
      JsonNode spec) {

    FileSet files() throws SQLException {
      try {
        return Json.MAPPER.treeToValue(spec, FileSet.class);
      } catch (JsonProcessingException e) {
        throw new SQLException("a document is damaged", e);
      }
    }

    String json() {
      return Json.MAPPER
          .valueToTree(
              new HostDocument(
                  host, HostReports.aspect(certificate), FileSet.DRIVER, generation, spec))
          .toString();
    }

    String key() {
      return HostDocument.key(host, HostReports.aspect(certificate));
    }
  }

  public static Optional<Kept> find(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, certificate);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(kept(certificate, row)) : Optional.empty();
      }
    }
  }

  /** Sends it out if it is not what is out already. */
  Kept put(Connection connection, Wanted wanted) throws SQLException {
    Optional<Kept> found = find(connection, wanted.certificate());
    if (found.isPresent() && !found.get().host().equals(wanted.host())) {
      withdraw(connection, found.get());
      found = Optional.empty();
    }
    JsonNode spec = Json.MAPPER.valueToTree(wanted.spec());
    boolean same = found.isPresent() && found.get().spec().equals(spec);
    if (same
        && found.get().askedFor().equals(wanted.askedFor())
        && Objects.equals(found.get().revision(), wanted.revision())) {
      return found.get();
    }
    long generation = same ? found.get().generation() : next(connection, wanted.certificate());
    boolean proves =
        found.isPresent() && found.get().files().proven().equals(wanted.spec().proven());
    var kept =
        new Kept(
            wanted.certificate(),
            wanted.host(),
            wanted.site(),
            generation,
            proves ? found.get().since() : generation,
            wanted.revision(),
            wanted.askedFor(),
            spec);
    upsert(connection, kept);
    if (!same) {
      // What was said before was said of another one; the host speaks of each anew.
      ReportTable.remove(connection, kept.host(), kept.certificate());
      outbox.restate(connection, snapshot(kept, generation, kept.json()));
    }
    return kept;
  }

  /** The host has nothing of it any more. */
  void withdraw(Connection connection, Kept kept) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, kept.certificate());
      delete.executeUpdate();
    }
    ReportTable.remove(connection, kept.host(), kept.certificate());
    outbox.restate(connection, snapshot(kept, next(connection, kept.certificate()), null));
  }

  static Snapshot snapshot(Kept kept, long generation, @Nullable String document) {
    return new Snapshot(DESIRED, kept.key(), generation, kept.site(), document);
  }

  private static long next(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(NEXT)) {
      next.setObject(1, certificate);
      try (ResultSet row = next.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void upsert(Connection connection, Kept kept) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setObject(1, kept.certificate());
      upsert.setObject(2, kept.host());
      upsert.setObject(3, kept.site());
      upsert.setLong(4, kept.generation());
      upsert.setLong(5, kept.since());
      upsert.setObject(6, kept.revision());
      upsert.setString(7, kept.askedFor());
      upsert.setString(8, kept.spec().toString());
      upsert.executeUpdate();
    }
  }

  static Kept kept(UUID certificate, ResultSet row) throws SQLException {
    try {
      return new Kept(
          certificate,
          row.getObject(1, UUID.class),
          row.getObject(2, UUID.class),
          row.getLong(3),
          row.getLong(4),
          row.getObject(5, Integer.class),
          row.getString(6),
          Json.MAPPER.readTree(row.getString(7)));
    } catch (JsonProcessingException e) {
      throw new SQLException("a document is damaged", e);
    }
  }
}
