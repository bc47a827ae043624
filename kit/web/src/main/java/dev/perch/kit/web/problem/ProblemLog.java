package dev.perch.kit.web.problem;

import dev.perch.kit.web.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of a problem: a fault of ours once with its stack, an outage in one line, a
 * refusal only for who asks for it.
 */
final class ProblemLog {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

  private ProblemLog() {}

  static void write(
      Problem problem, @Nullable Throwable cause, String method, String path, String traceId) {
    var entry =
        switch (problem) {
          case Problem.Internal internal ->
              LOG.atError().setMessage("A request failed").setCause(cause);
          case Problem.Unavailable away ->
              LOG.atWarn()
                  .setMessage("A request could not be served")
                  .addKeyValue("cause", root(cause));
          default -> LOG.atDebug().setMessage("A request was refused");
        };
    entry
        .addKeyValue("problem", problem.type().slug())
        .addKeyValue("method", method)
        .addKeyValue("path", path)
        .addKeyValue("traceId", traceId)
        .log();
  }

  private static String root(@Nullable Throwable failure) {
    Throwable root = failure;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root);
  }
}
