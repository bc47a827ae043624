package dev.perch.tsn.plan;

import dev.perch.tsn.plan.engine.Attempt;
import dev.perch.tsn.plan.engine.Demand;
import dev.perch.tsn.plan.engine.Effort;
import dev.perch.tsn.plan.engine.Engine;
import dev.perch.tsn.plan.engine.Explainer;
import dev.perch.tsn.plan.engine.Prover;
import dev.perch.tsn.plan.engine.Relaxer;
import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.Stream;
import java.util.List;

/** Why streams have no place: what is in the way, whether that is certain, what would help. */
final class Reasons {
  /** Places that are tried for relaxations, of all refusals of a call together. */
  private static final int TRIES = 2_000;

  /** Refusals for which a proof is tried, of a call. */
  private static final int PROOFS = 16;

  private final Engine engine;
  private final Options options;
  private final double[] needed;
  private final long patience;
  private final Effort tries = new Effort(TRIES);
  private final Effort proofs = new Effort(PROOFS);

  /**
   * @param demands all streams that are placed or asked for
   */
  Reasons(Engine engine, Options options, List<Demand> demands) {
    this.engine = engine;
    this.options = options;
    needed = engine.needed(demands);
    patience = System.nanoTime() + options.admissionLimit().toNanos();
  }

  /**
   * @param attempt what was tried last, with nothing placed or removed since
   */
  Refusal of(Demand demand, Attempt attempt) {
    List<Relaxation> relaxations =
        options.relaxations()
            ? new Relaxer(engine, tries, patience).relax(demand.stream())
            : List.of();
    Explainer explainer = new Explainer(engine);
    Refusal overbooked = explainer.overbooked(demand, needed, relaxations);
    if (overbooked != null) {
      return overbooked;
    }
    Refusal refusal = explainer.explain(demand, attempt, relaxations);
    boolean open = refusal.proof() != Refusal.Proof.NECESSARY_CONDITION;
    return options.proofs() && open && proofs.spend()
        ? new Prover(engine).prove(demand, refusal, patience)
        : refusal;
  }

  static Refusal nameTaken(Stream stream) {
    return new Refusal(
        stream.name(),
        FailureCode.STREAM_ID_IN_USE,
        null,
        List.of(stream.name()),
        Refusal.Proof.NECESSARY_CONDITION,
        "there is a stream of this name",
        List.of());
  }
}
