package dev.perch.kit.inbox;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

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
    projection.topics().forEach(broker::createIfAbsent);
    broker.createIfAbsent(letters.topic());
  }

  /** Compares the topics with those that were placed, and the lag with its limit. */
  void check(Duration lagLimit) {
    Set<String> names = new HashSet<>();
    projection.topics().forEach(topic -> names.add(topic.name()));
    consumption.compareTopics(broker.topicIds(names));
    distress.lag(consumption.lag(), lagLimit);
  }

  @Override
  public void close() {
    consumption.close();
    letters.close();
  }
}
