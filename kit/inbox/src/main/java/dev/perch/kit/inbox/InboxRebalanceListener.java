package dev.perch.kit.inbox;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The listener of every channel that feeds a projection; its group names the projection. */
@ApplicationScoped
@Identifier("perch-inbox")
class InboxRebalanceListener implements KafkaConsumerRebalanceListener {
  private final Inbox inbox;

  InboxRebalanceListener(Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
    consumption(kafka).assigned(kafka, partitions);
  }

  @Override
  public void onPartitionsRevoked(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
    consumption(kafka).revoked(partitions);
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
    consumption(kafka).revoked(partitions);
  }

  private Consumption consumption(Consumer<?, ?> kafka) {
    return inbox.subscription(kafka.groupMetadata().groupId()).consumption();
  }
}
