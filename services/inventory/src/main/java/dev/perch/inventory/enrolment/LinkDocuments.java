package dev.perch.inventory.enrolment;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.contract.host.HostDocument;
import dev.perch.contract.link.LinkSettings;
import dev.perch.inventory.document.DesiredTable;
import dev.perch.inventory.notice.Notice;
import dev.perch.inventory.notice.Notices;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the aspect {@code link}: how an agent reaches Perch, and whom it trusts. An
 * agent that enrolled with the settings that hold has none; when they change, every other gets one.
 * What is missing or behind is found again by each look, whatever became of the look before.
 */
@ApplicationScoped
class LinkDocuments {
  private static final int PAGE = 500;

  /** A document is a state without changes: it has no log. */
  private static final Aggregate DESIRED =
      new Aggregate(
          "platform",
          "host-desired",
          Catalogue.hostDesired("inventory"),
          Catalogue.hostDesired("inventory"));

  private static final String NEWEST = "select generation, spec from link_settings for update";

  private static final String NEXT = "update link_settings set generation = ?, spec = ?";

  private static final String BEHIND =
      """
      select k.host_id, h.site_id from agent_key k
        join host h on h.id = k.host_id
        left join host_document d on d.host_id = k.host_id and d.aspect = 'link'
      where k.revoked_at is null
        and case when d.host_id is null then k.link_spec is distinct from ?
                 else d.generation <> ? end
      order by k.host_id limit ?
      """;

  private static final String WITHDRAW =
      """
      delete from host_document where host_id = ? and aspect = 'link' returning generation
      """;

  private final DesiredTable documents;
  private final Outbox outbox;

  LinkDocuments(DesiredTable documents, Outbox outbox) {
    this.documents = documents;
    this.outbox = outbox;
  }

  /** Settings that hold, and since how many changes. */
  private record Current(long generation, String spec) {}

  private record Behind(UUID host, UUID site) {}

  /**
   * Has agents told of the settings that hold, a page of them, in the caller's transaction; call
   * {@link #published} after its commit.
   *
   * @return whether there may be more
   */
  boolean tell(Connection connection, LinkSettings settings) throws SQLException {
    Current current = current(connection, spec(settings));
    List<Behind> behind = behind(connection, current);
    for (Behind one : behind) {
      var document =
          new HostDocument(
              one.host(),
              LinkSettings.ASPECT,
              LinkSettings.ASPECT,
              current.generation(),
              Json.read(current.spec()));
      documents.put(connection, "inventory", document);
      outbox.restate(
          connection, snapshot(one.host(), one.site(), current.generation(), Json.write(document)));
    }
    Notices.post(connection, Notice.Kind.DOCUMENTS, behind.stream().map(Behind::host).toList());
    return behind.size() == PAGE;
  }

  void published() {
    outbox.wake();
  }

  /** With its agent the host's document goes. */
  void withdraw(Connection connection, UUID host, UUID site) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(WITHDRAW)) {
      delete.setObject(1, host);
      try (ResultSet row = delete.executeQuery()) {
        if (row.next()) {
          outbox.restate(connection, snapshot(host, site, row.getLong(1) + 1, null));
        }
      }
    }
  }

  /** Always the same text for the same settings. */
  static String spec(LinkSettings settings) {
    var spec = Json.MAPPER.createObjectNode().put("server", settings.server());
    var endpoints = spec.putArray("endpoints");
    settings.endpoints().forEach(endpoint -> endpoints.add(endpoint.toString()));
    var pins = spec.putArray("pins");
    settings.pins().stream().sorted().forEach(pins::add);
    return Json.write(spec);
  }

  private static Current current(Connection connection, String spec) throws SQLException {
    Current last;
    try (PreparedStatement select = connection.prepareStatement(NEWEST);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("link_settings is empty");
      }
      last = new Current(row.getLong(1), row.getString(2));
    }
    if (last.spec().equals(spec)) {
      return last;
    }
    var next = new Current(last.generation() + 1, spec);
    try (PreparedStatement update = connection.prepareStatement(NEXT)) {
      update.setLong(1, next.generation());
      update.setString(2, next.spec());
      update.executeUpdate();
    }
    return next;
  }

  private static List<Behind> behind(Connection connection, Current current) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BEHIND)) {
      select.setString(1, current.spec());
      select.setLong(2, current.generation());
      select.setInt(3, PAGE);
      List<Behind> behind = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          behind.add(new Behind(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
        }
      }
      return behind;
    }
  }

  private static Snapshot snapshot(
      UUID host, UUID site, long generation, @Nullable String document) {
    return new Snapshot(
        DESIRED, HostDocument.key(host, LinkSettings.ASPECT), generation, site, document);
  }
}
