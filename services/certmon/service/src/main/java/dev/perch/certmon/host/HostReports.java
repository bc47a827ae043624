package dev.perch.certmon.host;

import dev.perch.certmon.publish.Publications;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Topic;
import dev.perch.contract.host.HostObservation;
import dev.perch.kit.inbox.Projection;
import dev.perch.kit.inbox.Received;
import dev.perch.kit.inbox.UnacceptableRecord;
import dev.perch.kit.reconcile.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps what hosts report of their certificates' documents, and of no others. */
@ApplicationScoped
public class HostReports implements Projection {
  static final String CONSUMER = "certmon.host-observed";
  private static final String ASPECT = "certificates.";

  private final WorkItems items;

  public HostReports(WorkItems items) {
    this.items = items;
  }

  /** The aspect of a certificate's document. */
  static String aspect(UUID certificate) {
    return ASPECT + certificate;
  }

  /** Whose document on which host. */
  private record Place(UUID host, UUID certificate) {

    /** Empty for the documents of others. */
    static Optional<Place> of(String key) {
      int slash = key.indexOf('/');
      if (slash < 0 || !key.startsWith(ASPECT, slash + 1)) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Place(
                UUID.fromString(key.substring(0, slash)),
                UUID.fromString(key.substring(slash + 1 + ASPECT.length()))));
      } catch (IllegalArgumentException e) {
        throw new UnacceptableRecord("key.malformed", "the key is hostId/certificates.<id>");
      }
    }
  }

  @Override
  public String consumer() {
    return CONSUMER;
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Catalogue.HOST_OBSERVATIONS.state());
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    Set<String> certificates = new HashSet<>();
    for (Received record : records) {
      Optional<Place> own = Place.of(record.key());
      if (own.isPresent()) {
        apply(connection, own.get(), record);
        certificates.add(own.get().certificate().toString());
      }
    }
    items.wake(connection, Publications.QUEUE, certificates);
  }

  private static void apply(Connection connection, Place place, Received record)
      throws SQLException {
    if (record.isTombstone()) {
      ReportTable.remove(connection, place.host(), place.certificate());
      return;
    }
    HostObservation observation = record.as(HostObservation.class);
    if (!place.host().equals(observation.hostId())) {
      throw new UnacceptableRecord("key.mismatch", "the key names another host");
    }
    ReportTable.put(connection, place.certificate(), observation);
  }
}
