package dev.perch.kit.outbox;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A request that uses JDBC waits for a silent database as long as one that uses the {@link
 * RequestPool}. Loops, whose statements may take longer, wait as long as the data source says.
 */
@Singleton
final class RequestPatience implements AgroalPoolInterceptor {
  private final CurrentVertxRequest request;
  private final Duration ofLoops;

  RequestPatience(
      CurrentVertxRequest request,
      @ConfigProperty(name = "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout")
          int loopSeconds) {
    this.request = request;
    this.ofLoops = Duration.ofSeconds(loopSeconds);
  }

  @Override
  public void onConnectionAcquire(Connection connection) {
    Duration patience = isForRequest() ? RequestPool.SILENCE : ofLoops;
    try {
      // PostgreSQL's driver tells the socket, and needs no executor for it.
      connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
    } catch (SQLException broken) {
      // Its first statement says so.
    }
  }

  private boolean isForRequest() {
    ArcContainer container = Arc.container();
    return container != null
        && container.requestContext().isActive()
        && request.getCurrent() != null;
  }
}
