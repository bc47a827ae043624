package dev.perch.inventory.document;

import dev.perch.kit.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Feeds {@link DesiredDocuments}; the channel's topics are in application.properties. */
@ApplicationScoped
class DesiredDocumentsChannel {
  private final Inbox inbox;
  private final DesiredDocuments documents;

  DesiredDocumentsChannel(Inbox inbox, DesiredDocuments documents) {
    this.inbox = inbox;
    this.documents = documents;
  }

  @Incoming("host-desired")
  Uni<Void> on(KafkaRecordBatch<String, byte[]> batch) {
    return inbox.accept(documents, batch);
  }
}
