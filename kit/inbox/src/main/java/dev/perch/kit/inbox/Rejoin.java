package dev.perch.kit.inbox;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a consumer join its group again, which places its misplaced partitions: the new generation
 * tells the records polled after that from those that still wait in buffers.
 */
@ApplicationScoped
class Rejoin {
  private static final Logger LOG = LoggerFactory.getLogger(Rejoin.class);

  private final KafkaClientService clients;

  Rejoin(KafkaClientService clients) {
    this.clients = clients;
  }

  void ask(String consumer) {
    for (String channel : clients.getConsumerChannels()) {
      for (KafkaConsumer<Object, Object> client : clients.getConsumers(channel)) {
        if (consumer.equals(client.configuration().get("group.id"))) {
          client
              .runOnPollingThread(
                  (Consumer<Object, Object> kafka) -> {
                    kafka.enforceRebalance("a partition is misplaced");
                  })
              .subscribe()
              .with(done -> {}, failure -> report(consumer, failure));
        }
      }
    }
  }

  private static void report(String consumer, Throwable failure) {
    LOG.atWarn()
        .addKeyValue("consumer", consumer)
        .addKeyValue("reason", Fault.of(failure).reason())
        .log("Group could not be joined again");
  }
}
