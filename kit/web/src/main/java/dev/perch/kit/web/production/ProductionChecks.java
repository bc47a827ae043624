package dev.perch.kit.web.production;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs every check before the service does anything, unless this is a trial. */
@Singleton
class ProductionChecks {
  private static final Logger LOG = LoggerFactory.getLogger(ProductionChecks.class);

  private final Mode mode;
  private final Config config;
  private final Pool pool;
  private final Map<String, Object> kafka;

  ProductionChecks(
      @ConfigProperty(name = "perch.mode", defaultValue = "production") Mode mode,
      Config config,
      Pool pool,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.mode = mode;
    this.config = config;
    this.pool = pool;
    this.kafka = kafka;
  }

  void run(@Observes @Priority(1) StartupEvent start) {
    if (mode == Mode.TRIAL) {
      LOG.atWarn().setMessage("perch.mode is trial: nothing here is safe for production").log();
      return;
    }
    List<Danger> dangers = new ArrayList<>();
    dangers.addAll(ConfigurationCheck.of(name -> config.getOptionalValue(name, String.class)));
    dangers.addAll(PostgresCheck.of(pool));
    dangers.addAll(kafka());
    if (!dangers.isEmpty()) {
      throw new DangerousConfigurationException(dangers);
    }
  }

  private List<Danger> kafka() {
    try {
      return KafkaCheck.of(kafka);
    } catch (ExecutionException | TimeoutException e) {
      // A service starts without the broker; what cannot be asked is not judged.
      LOG.atWarn()
          .setMessage("The broker did not answer; the replicas of its topics were not checked")
          .setCause(e)
          .log();
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
