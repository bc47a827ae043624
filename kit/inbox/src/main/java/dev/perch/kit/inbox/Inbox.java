package dev.perch.kit.inbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes the batches of every channel that feeds a {@link Projection}. */
@ApplicationScoped
public class Inbox {

  /**
   * Applies a batch on a virtual thread, for as long as it takes. Call it from the
   * {@code @Incoming} method of the projection's channel and return what it returns, so that the
   * next batch comes when this one is committed.
   *
   * @return completes when the batch is committed or no longer this consumer's; never fails
   */
  public Uni<Void> accept(Projection projection, KafkaRecordBatch<String, byte[]> batch) {
    return Uni.createFrom().voidItem();
  }
}
