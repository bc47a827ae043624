package dev.perch.certmon.host;

import dev.perch.contract.Catalogue;
import dev.perch.contract.Topic;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.inbox.Projection;
import dev.perch.kit.inbox.Received;
import dev.perch.kit.inbox.UnacceptableRecord;
import dev.perch.kit.reconcile.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps which hosts there are. What follows when one comes, changes or goes is a reconciler's. */
@ApplicationScoped
public class HostNews implements Projection {
  static final String CONSUMER = "certmon.hosts";

  private final WorkItems items;

  public HostNews(WorkItems items) {
    this.items = items;
  }

  @Override
  public String consumer() {
    return CONSUMER;
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Catalogue.HOSTS.state());
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    Set<String> gone = new HashSet<>();
    Set<String> changed = new HashSet<>();
    for (Received record : records) {
      UUID id = id(record.key());
      if (record.isTombstone()) {
        KnownHosts.gone(connection, id);
        gone.add(record.key());
      } else {
        Host host = record.as(Host.class);
        if (KnownHosts.put(connection, id, host.siteId(), host.name(), host.labels())) {
          changed.add(record.key());
        }
      }
    }
    items.wake(connection, KnownHosts.ARRIVALS, changed);
    items.wake(connection, KnownHosts.DEPARTURES, gone);
  }

  private static UUID id(String key) {
    try {
      return UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw new UnacceptableRecord("key.malformed", "a host's key is its id");
    }
  }
}
