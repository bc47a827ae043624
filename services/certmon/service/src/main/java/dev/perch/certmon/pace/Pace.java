package dev.perch.certmon.pace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an issuer elsewhere is asked now.
 *
 * <pre>
 *              5 failures in a row                  reached
 *   (closed) ----------------------> away: a probe --------> tried: all may ask
 *       ^                            every 30 s  ^                |   |
 *       |                                        '----failure-----'   |
 *       '---------------------------- answer -------------------------'
 * </pre>
 *
 * @param failures in a row, of any certificate: it could not be reached, or was not well
 * @param fault the last of them
 * @param openedAt since when it is away, or tried again; null if it is well
 * @param probeAt when it is looked for next; null unless it is away
 * @param heldUntil it wants to be left alone until then; null if it does not
 * @param nextOrderAt the first order that nobody has taken yet; null for now
 */
public record Pace(
    int failures,
    @Nullable String fault,
    @Nullable Instant openedAt,
    @Nullable Instant probeAt,
    @Nullable Instant heldUntil,
    @Nullable Instant nextOrderAt) {

  static final Pace FREE = new Pace(0, null, null, null, null, null);

  /** Nobody but the probe asks it. */
  public boolean away() {
    return probeAt != null;
  }
}
