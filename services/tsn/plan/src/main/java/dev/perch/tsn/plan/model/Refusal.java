package dev.perch.tsn.plan.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a stream has no place (802.1Qcc 46.2.5: StatusInfo).
 *
 * @param stream its name
 * @param code the standard's failure code
 * @param link the interface that refused it; null if no single one did
 * @param blocking streams in the way, the worst first; may be empty
 * @param proof whether it is certain that no plan exists, and by what
 * @param reason one sentence with the figures
 * @param relaxations what would be accepted, the nearest first; may be empty
 */
public record Refusal(
    String stream,
    FailureCode code,
    @Nullable String link,
    List<String> blocking,
    Proof proof,
    String reason,
    List<Relaxation> relaxations) {
  /** How sure a refusal is. */
  public enum Proof {
    /** No place was found; with the other streams elsewhere there might be one. */
    NOT_FOUND,
    /** Not with the other streams where they are: every offset of every route tried is taken. */
    EXHAUSTED,
    /** A necessary condition is violated: no schedule whatever can have it. */
    NECESSARY_CONDITION,
    /** CP-SAT proved that the stream and the blocking ones cannot all be scheduled. */
    SOLVER
  }

  public Refusal {
    blocking = List.copyOf(blocking);
    relaxations = List.copyOf(relaxations);
  }
}
