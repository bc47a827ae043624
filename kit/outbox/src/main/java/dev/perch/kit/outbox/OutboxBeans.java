package dev.perch.kit.outbox;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.hibernate.reactive.mutiny.Mutiny;

/** What a service injects to append changes. */
@Dependent
final class OutboxBeans {

  @Produces
  @Singleton
  Doorbell doorbell() {
    return new Doorbell();
  }

  @Produces
  @Singleton
  Capacity capacity() {
    return new Capacity();
  }

  @Produces
  @Singleton
  Outbox outbox(Capacity capacity, Doorbell relay) {
    return new Outbox(capacity, relay);
  }

  @Produces
  @Singleton
  Transactions transactions(Mutiny.SessionFactory sessions, Outbox outbox) {
    return new Transactions(sessions, outbox);
  }
}
