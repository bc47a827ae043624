package dev.perch.cli.tsn;

import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Planner;
import dev.perch.tsn.plan.UnsoundPlanException;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Took;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Plans an instance in the way that suits the readers of a format best. */
final class Planning {
  /** What share of the time explanations may take: one in so many. */
  private static final int EXPLAINING = 4;

  private final Options options;
  private final OutputFormat target;

  Planning(Options options, OutputFormat target) {
    this.options = options;
    this.target = target;
  }

  /**
   * What came of an instance.
   *
   * @param document with the plan of those that have a place
   * @param moved streams that were moved for others, by name
   * @param took how long, for all variants that were tried
   */
  record Result(PlanDocument document, List<String> moved, Took took) {
    int asked() {
      return document.scenario().streams().size();
    }

    int placed() {
      return asked() - document.refusals().size();
    }

    boolean complete() {
      return document.refusals().isEmpty();
    }
  }

  /**
   * Tries the format's variants, each with its share of the time that is left. Of those with the
   * fewest refusals the last one is taken: it is the nearest to what was asked for, and so are the
   * reasons it gives.
   *
   * @throws UnsoundPlanException if a checker objects to every variant
   */
  Result plan(Scenario asked) {
    List<Scenario> variants = target.variants(asked);
    PlanDocument best = null;
    UnsoundPlanException unsound = null;
    Took took = Took.NOTHING;
    for (int i = 0; i < variants.size() && (best == null || !best.refusals().isEmpty()); i++) {
      Duration left = options.limit().minus(took.planning());
      if (best != null && left.isNegative()) {
        break;
      }
      Scenario variant = variants.get(i);
      Duration share = left.isNegative() ? Duration.ZERO : left.dividedBy(variants.size() - i);
      // Refusals are explained within the limit too.
      Duration explaining = share.dividedBy(EXPLAINING);
      Options shared = options.withLimit(share.minus(explaining)).withAdmissionLimit(explaining);
      Outcome tried = Planner.plan(variant.network(), variant.streams(), shared);
      long before = System.nanoTime();
      try {
        PlanDocument document =
            target.finish(new PlanDocument(variant, tried.plan(), tried.refusals()), asked);
        if (best == null || tried.refusals().size() <= best.refusals().size()) {
          best = document;
        }
      } catch (UnsoundPlanException e) {
        unsound = e;
      }
      Duration finishing = Duration.ofNanos(System.nanoTime() - before);
      took = took.plus(tried.took()).plus(new Took(Duration.ZERO, Duration.ZERO, finishing));
    }
    if (best == null) {
      throw Objects.requireNonNull(unsound, "a format without a variant");
    }
    return new Result(best, List.of(), took);
  }
}
