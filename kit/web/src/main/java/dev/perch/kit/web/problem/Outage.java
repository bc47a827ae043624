package dev.perch.kit.web.problem;

import dev.perch.kit.web.Problem;
import io.quarkus.oidc.OIDCException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Recognises that something Perch needs is away, which passes, unlike a fault of its own. */
final class Outage {
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /*
   * Deadlock, failed serialization; too many connections, full disk, out of memory; shutting down,
   * starting up, crashed; idle in transaction for too long.
   */
  private static final Set<String> PASSING =
      Set.of(
          "40P01", "40001", "53000", "53100", "53200", "53300", "57P01", "57P02", "57P03", "57P05",
          "25P03", "55P03", "25006");

  private Outage() {}

  static @Nullable Problem of(Throwable cause) {
    return switch (cause) {
      case PgException e when isPassing(e.getSqlState()) -> database();
      // Hibernate Reactive leaves of a PgException only this.
      case SQLException e when isPassing(e.getSQLState()) -> database();
      case OIDCException e -> issuer();
      case TimeoutException e -> database();
      case io.smallrye.mutiny.TimeoutException e -> database();
      case VertxException e -> database();
      // All the pool says when no connection became free in time.
      case NoStackTraceThrowable e when "Timeout".equals(e.getMessage()) -> database();
      case SocketException e -> database();
      case UnknownHostException e -> database();
      case ClosedChannelException e -> database();
      default -> null;
    };
  }

  /** An authentication that failed because the identity provider could not be asked. */
  static @Nullable Problem ofIssuer(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof OIDCException
          || cause instanceof IOException
          || cause instanceof TimeoutException) {
        return issuer();
      }
    }
    return null;
  }

  private static boolean isPassing(@Nullable String state) {
    return state != null && (state.startsWith("08") || PASSING.contains(state));
  }

  private static Problem database() {
    return new Problem.Unavailable("The database cannot be reached.", AGAIN);
  }

  private static Problem issuer() {
    return new Problem.Unavailable("The identity provider cannot be reached.", AGAIN);
  }
}
