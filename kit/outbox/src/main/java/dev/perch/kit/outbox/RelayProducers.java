package dev.perch.kit.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Producers as the relay needs them: idempotent, acknowledged by all, ended within 10 s. */
public final class RelayProducers implements Supplier<Producer<byte[], byte @Nullable []>> {
  private final Map<String, Object> settings;

  /**
   * @param cluster how to reach the brokers: {@code bootstrap.servers}, security; what keeps the
   *     relay's promises is set here whatever it says
   */
  public RelayProducers(Map<String, ?> cluster) {
    settings = new HashMap<>(cluster);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // The database ends an idle transaction after 15 s; all of these together are over before.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    // A flush ends each batch; until then lingering gathers it into few requests. One producer
    // after
    // the other is flushed, so that is what the others wait for at most.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
  }

  @Override
  public Producer<byte[], byte @Nullable []> get() {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
