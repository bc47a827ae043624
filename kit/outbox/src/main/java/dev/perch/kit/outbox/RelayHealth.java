package dev.perch.kit.outbox;

import dev.perch.kit.web.health.Dependencies;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether changes are published. */
@HealthGroup(Dependencies.GROUP)
@ApplicationScoped
class RelayHealth implements HealthCheck {
  private final Relay relay;
  private final Backlog backlog;

  RelayHealth(Relay relay, Backlog backlog) {
    this.relay = relay;
    this.backlog = backlog;
  }

  @Override
  public HealthCheckResponse call() {
    String fault = relay.fault();
    var answer =
        HealthCheckResponse.named("relay")
            .withData("rows", backlog.rows())
            .withData("oldestSeconds", Math.round(backlog.oldestSeconds()));
    return fault == null ? answer.up().build() : answer.down().withData("fault", fault).build();
  }
}
