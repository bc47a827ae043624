package dev.perch.kit.seal;

import dev.perch.kit.outbox.Database;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;

/** Puts the parts together for a Quarkus service. */
@ApplicationScoped
class SealBeans {

  @Produces
  @Singleton
  Seal seal(SealConfig config) {
    return new Seal(new KeyFile(config.keyFile()));
  }

  @Produces
  @Singleton
  Resealing resealing(Database database, Seal seal, @All List<SealedColumn> columns) {
    return new Resealing(database, seal, columns);
  }

  /** Before any worker starts. */
  void start(@Observes @Priority(1) StartupEvent event, Resealing resealing) throws SQLException {
    resealing.requireKnownKeys();
  }

  @Singleton
  static final class Look {
    private final Resealing resealing;

    Look(Resealing resealing) {
      this.resealing = resealing;
    }

    @Scheduled(every = "${perch.seal.look-every:10M}")
    @RunOnVirtualThread
    void look() throws SQLException {
      resealing.run();
    }
  }
}
