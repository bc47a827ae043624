package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.SQLException;
import java.time.Clock;
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
  private final Freshness freshness;
  private final Consumption consumption;
  private final Replay replay;

  Subscription(Projection projection, Surroundings around) {
    this.projection = projection;
    String consumer = projection.consumer();
    var transactions = new Transactions(around.database());
    broker = around.broker();
    letters = new DeadLetters(consumer, broker, around.kafka());
    distress = new Distress(consumer, around.troubles(), around.patience());
    Clock clock = around.clock();
    freshness = new Freshness(projection, transactions, broker, clock);
    var segments = new Segments(projection);
    var sweep = new Sweep(projection, segments);
    consumption =
        new Consumption(
            consumer,
            new Placement(consumer, transactions, broker, freshness, sweep, clock),
            new BatchTransaction(consumer, transactions, segments, freshness, sweep, letters),
            around.backoff(),
            distress,
            new InboxMeters(around.meters(), clock, consumer),
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
  void check(Duration lagLimit) throws SQLException {
    Map<String, UUID> ids = broker.topicIds(topics().map(Topic::name).toList());
    topics().filter(topic -> !ids.containsKey(topic.name())).forEach(broker::createIfAbsent);
    consumption.compareTopics(ids);
    distress.lag(consumption.lag(), lagLimit);
    freshness.confirm();
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
