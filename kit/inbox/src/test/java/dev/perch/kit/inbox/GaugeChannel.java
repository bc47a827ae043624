package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** All a service writes to consume a topic, besides its channel's topics and group. */
@ApplicationScoped
class GaugeChannel implements Projection {
  static final Topic TOPIC = new Topic("perch.test.gauges", Topic.Kind.STATE, 12);

  private final Inbox inbox;
  private final Gauges gauges = new Gauges("test.gauges", TOPIC);

  GaugeChannel(Inbox inbox) {
    this.inbox = inbox;
  }

  @Incoming("gauges")
  Uni<Void> on(KafkaRecordBatch<String, byte[]> batch) {
    return inbox.accept(this, batch);
  }

  @Override
  public String consumer() {
    return gauges.consumer();
  }

  @Override
  public Set<Topic> topics() {
    return gauges.topics();
  }

  @Override
  public void apply(Connection connection, List<Received> records) throws SQLException {
    gauges.apply(connection, records);
  }
}
