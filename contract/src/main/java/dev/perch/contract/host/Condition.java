package dev.perch.contract.host;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is known of an applied document.
 *
 * @param type CamelCase: {@code Applied}, {@code Verified}
 * @param status null if the writer is newer and uses a word this reader does not know
 * @param reason CamelCase, for programs: {@code ReloadFailed}
 * @param message for people; never a secret
 * @param since when the status last changed, by the host's clock
 */
public record Condition(
    String type, @Nullable Status status, String reason, String message, Instant since) {

  /** Whether it holds. */
  public enum Status {
    TRUE,
    FALSE,
    UNKNOWN
  }
}
