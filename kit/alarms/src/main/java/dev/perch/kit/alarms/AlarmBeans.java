package dev.perch.kit.alarms;

import dev.perch.kit.outbox.Capacity;
import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together for a Quarkus service. */
@Dependent
final class AlarmBeans {
  private static final Duration RETRY = Duration.ofSeconds(1);

  @Produces
  @Singleton
  AlarmBook book(
      @ConfigProperty(name = "perch.service") String service, DataSource database, Doorbell relay) {
    // A capacity of its own that nobody reports as exhausted: alarms go on when the outbox is full.
    return new AlarmBook(service, database, new Outbox(new Capacity(), relay));
  }

  @Produces
  @Singleton
  AlarmWriter writer(AlarmBook book) {
    return new AlarmWriter(book, RETRY);
  }

  void close(@Disposes AlarmWriter writer) {
    writer.close();
  }

  @Produces
  @Singleton
  Alarms alarms(AlarmWriter writer) {
    return new Alarms(writer);
  }
}
