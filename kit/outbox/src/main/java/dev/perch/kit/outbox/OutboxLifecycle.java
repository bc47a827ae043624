package dev.perch.kit.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Starts and stops what publishes. The relay goes last: it publishes what the others appended. */
@ApplicationScoped
class OutboxLifecycle {
  private final Relay relay;
  private final Auditor auditor;
  private final List<Periodic> tasks;

  OutboxLifecycle(Relay relay, Backlog backlog, Suspects suspects, Auditor auditor) {
    this.relay = relay;
    this.auditor = auditor;
    this.tasks =
        List.of(
            new Periodic("outbox-backlog", Duration.ofSeconds(2), backlog::measure),
            new Periodic("outbox-suspects", Duration.ofSeconds(1), suspects::republish),
            new Periodic("outbox-audit", Duration.ofSeconds(5), auditor::tick));
  }

  void start(@Observes StartupEvent started) {
    relay.start();
    tasks.forEach(Periodic::start);
  }

  void stop(@Observes ShutdownEvent stopping) {
    tasks.forEach(Periodic::close);
    relay.close();
    auditor.close();
  }
}
