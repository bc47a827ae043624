package dev.perch.certmon.host;

import dev.perch.certmon.publish.Publications;
import dev.perch.kit.inbox.Inbox;
import dev.perch.kit.reconcile.WorkItems;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Feeds {@link HostReports} and {@link HostNews}; their topics are in application.properties. */
@ApplicationScoped
class HostChannels {
  private final Inbox inbox;
  private final WorkItems items;
  private final HostReports reports;
  private final HostNews news;

  HostChannels(Inbox inbox, WorkItems items, HostReports reports, HostNews news) {
    this.inbox = inbox;
    this.items = items;
    this.reports = reports;
    this.news = news;
  }

  @Incoming("host-observed")
  Uni<Void> reports(KafkaRecordBatch<String, byte[]> batch) {
    return inbox.accept(reports, batch).invoke(() -> items.ring(Publications.QUEUE));
  }

  @Incoming("hosts")
  Uni<Void> news(KafkaRecordBatch<String, byte[]> batch) {
    return inbox
        .accept(news, batch)
        .invoke(
            () -> {
              items.ring(KnownHosts.ARRIVALS);
              items.ring(KnownHosts.DEPARTURES);
            });
  }
}
