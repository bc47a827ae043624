package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Everything one projection needs, put together without a framework. */
final class Subscription implements AutoCloseable {
  private final Projection projection;
  private final Broker broker;
  private final DeadLetters letters;
  private final Distress distress;
  private final Consumption consumption;
  private final Replay replay;

  Subscription(Projection projection, Surroundings around) {
    this.projection = projection;
    String consumer = projection.consumer();
    var transactions = new Transactions(around.database());
    broker = around.broker();
    letters = new DeadLetters(consumer, broker, around.kafka());
    distress = new Distress(consumer, around.troubles(), around.patience());
    consumption =
        new Consumption(
            consumer,
            new Placement(consumer, transactions, broker),
            new BatchTransaction(projection, transactions, letters),
            around.backoff(),
            distress,
            new InboxMeters(around.meters(), around.clock(), consumer),
            new Spans(around.telemetry()));
    replay = new Replay(projection, transactions, around.kafka(), distress);
  }

  Consumption consumption() {
    return consumption;
  }

  Replay replay() {
    return replay;
  }

  void createTopics() {
    topics().forEach(broker::createIfAbsent);
  }

  /**
   * Compares the topics with those that were placed, and the lag with its limit. Topics that went
   * with their broker's disk are created again.
   */
  void check(Duration lagLimit) {
    Map<String, UUID> ids = broker.topicIds(topics().map(Topic::name).toList());
    topics().filter(topic -> !ids.containsKey(topic.name())).forEach(broker::createIfAbsent);
    consumption.compareTopics(ids);
    distress.lag(consumption.lag(), lagLimit);
  }

  private Stream<Topic> topics() {
    return Stream.concat(projection.topics().stream(), Stream.of(letters.topic()));
  }

  @Override
  public void close() {
    consumption.close();
    letters.close();
  }
}
