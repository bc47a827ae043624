package dev.perch.kit.testkit;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A program that writes to PostgreSQL and Kafka by turns, over one session each, for ever. */
final class Writer {
  private Writer() {}

  public static void main(String[] args) throws Exception {
    Database database =
        new Database(args[0], Integer.parseInt(args[1]), "postgres", "postgres", args[2]);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", args[3]),
                new StringSerializer(),
                new StringSerializer())) {
      while (true) {
        statement.executeUpdate("insert into beat default values");
        var _ = producer.send(new ProducerRecord<>("beats", "key", "{}")).get();
      }
    }
  }
}
