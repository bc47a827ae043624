package dev.perch.inventory.document;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Topic;
import dev.perch.contract.host.Aspect;
import dev.perch.contract.host.HostDocument;
import dev.perch.inventory.notice.Notice;
import dev.perch.inventory.notice.Notices;
import dev.perch.kit.inbox.Projection;
import dev.perch.kit.inbox.Received;
import dev.perch.kit.inbox.UnacceptableRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Keeps what the domain services want on hosts: the newest document per host and aspect. */
@ApplicationScoped
class DesiredDocuments implements Projection {
  static final String CONSUMER = "inventory.host-desired";

  private static final String DELETE =
      "delete from host_document where host_id = ? and aspect = ? and service = ?";

  @Override
  public String consumer() {
    return CONSUMER;
  }

  @Override
  public Set<Topic> topics() {
    Set<Topic> topics = new TreeSet<>(Comparator.comparing(Topic::name));
    Aspect.all().forEach(aspect -> topics.add(Catalogue.hostDesired(aspect.service())));
    return topics;
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    try (PreparedStatement upsert = DesiredTable.upsert(connection);
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      Set<UUID> hosts = new HashSet<>();
      for (Received record : records) {
        Place place = Place.of(record);
        hosts.add(place.host());
        if (record.isTombstone()) {
          delete.setObject(1, place.host());
          delete.setString(2, place.aspect());
          delete.setString(3, place.service());
          delete.addBatch();
        } else {
          DesiredTable.fill(upsert, place.service(), document(record, place));
          upsert.addBatch();
        }
      }
      // Records of one key come once per batch, so the order of the two batches does not matter.
      upsert.executeBatch();
      delete.executeBatch();
      Notices.post(connection, Notice.Kind.DOCUMENTS, hosts);
    }
  }

  private static HostDocument document(Received record, Place place) {
    HostDocument document = record.as(HostDocument.class);
    if (!place.host().equals(document.hostId()) || !place.aspect().equals(document.aspect())) {
      throw new UnacceptableRecord("key.mismatch", "the key names another host or aspect");
    }
    if (document.driver() == null || document.spec() == null || !document.spec().isObject()) {
      throw new UnacceptableRecord("schema", "driver and spec are required; spec is an object");
    }
    return document;
  }

  /** Whose document it is: its key, and the service whose topic it came on. */
  private record Place(UUID host, String aspect, String service) {

    static Place of(Received record) {
      String[] parts = record.key().split("/", -1);
      String service = record.topic().replaceFirst("^perch\\.", "").replaceFirst("\\..*$", "");
      if (parts.length != 2) {
        throw new UnacceptableRecord("key.malformed", "a document's key is hostId/aspect");
      }
      Aspect aspect =
          Aspect.find(parts[1])
              .orElseThrow(() -> new UnacceptableRecord("aspect.unknown", "no such aspect"));
      if (!aspect.service().equals(service)) {
        throw new UnacceptableRecord(
            "aspect.foreign", "the aspect belongs to " + aspect.service() + ", not " + service);
      }
      try {
        return new Place(UUID.fromString(parts[0]), parts[1], service);
      } catch (IllegalArgumentException e) {
        throw new UnacceptableRecord("key.malformed", "a document's key is hostId/aspect");
      }
    }
  }
}
