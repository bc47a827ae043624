package dev.perch.kit.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Why records could not be applied. What is not certainly the record's own fault passes: a
 * partition that waits loses nothing, a record that is set aside by mistake does.
 */
sealed interface Fault {

  /** For people and for dead letters; never a stack trace. */
  String reason();

  /** The record can never be applied as it is. */
  record Permanent(String code, @Override String reason, String errorClass) implements Fault {
    Permanent(UnacceptableRecord e) {
      this(e.code(), shorten(e.getMessage()), name(e));
    }
  }

  /** The same records will be applied when something else is better. */
  record Passing(@Override String reason) implements Fault {}

  /** Data exceptions, integrity violations, violations of a view's check option. */
  Set<String> PERMANENT_SQL_CLASSES = Set.of("22", "23", "44");

  int LONGEST_REASON = 500;

  static Fault of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Fault fault = known(cause);
      if (fault != null) {
        return fault;
      }
    }
    return thrown instanceof RuntimeException
        ? new Permanent("projection-failed", describe(thrown), thrown.getClass().getName())
        : new Passing(describe(thrown));
  }

  private static @Nullable Fault known(Throwable cause) {
    return switch (cause) {
      case UnacceptableRecord e -> new Permanent(e);
      case SQLException e when isPermanent(e.getSQLState()) ->
          new Permanent("sql-" + e.getSQLState(), describe(e), name(e));
      case SQLException e -> new Passing("SQLState " + e.getSQLState() + ", " + describe(e));
      case KafkaException e -> new Passing(describe(e));
      case IOException e -> new Passing(describe(e));
      case UncheckedIOException e -> new Passing(describe(e));
      case TimeoutException e -> new Passing(describe(e));
      case InterruptedException e -> new Passing(describe(e));
      default -> null;
    };
  }

  private static boolean isPermanent(@Nullable String state) {
    return state != null
        && state.length() == 5
        && PERMANENT_SQL_CLASSES.contains(state.substring(0, 2));
  }

  private static String name(Throwable thrown) {
    return thrown.getClass().getName();
  }

  private static String describe(Throwable thrown) {
    return thrown.getClass().getSimpleName() + ": " + shorten(thrown.getMessage());
  }

  /** The first line: PostgreSQL puts the row's values into the second. */
  private static String shorten(@Nullable String message) {
    String line = message == null ? "no message" : message.lines().findFirst().orElse("");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }
}
