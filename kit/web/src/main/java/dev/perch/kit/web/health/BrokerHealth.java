package dev.perch.kit.web.health;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.health.api.HealthGroup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/** Whether the broker answers, and how many nodes it has. */
@HealthGroup(Dependencies.GROUP)
@ApplicationScoped
class BrokerHealth implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, Object> client;
  private @Nullable Admin admin;

  BrokerHealth(@Identifier("default-kafka-broker") Map<String, Object> client) {
    this.client = client;
  }

  @Override
  public HealthCheckResponse call() {
    var answer = HealthCheckResponse.named("broker");
    try {
      int nodes =
          admin().describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).size();
      return answer.up().withData("nodes", nodes).build();
    } catch (ExecutionException | TimeoutException e) {
      return answer.down().withData("cause", cause(e)).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answer.down().build();
    }
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      Map<String, Object> settings = new HashMap<>(client);
      settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "health");
      settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
      settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
      settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
      admin = Admin.create(settings);
    }
    return admin;
  }

  private static String cause(Exception e) {
    return e.getCause() == null ? "no answer" : e.getCause().getClass().getSimpleName();
  }
}
