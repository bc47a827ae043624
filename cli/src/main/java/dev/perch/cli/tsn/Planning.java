package dev.perch.cli.tsn;

import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Planner;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Took;
import java.time.Duration;
import java.util.List;

/** Plans an instance in the way that suits the readers of a format best. */
final class Planning {
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

  /** Tries the format's variants, each with its share of the time that is left. */
  Result plan(Scenario asked) {
    List<Scenario> variants = target.variants(asked);
    Result best = null;
    Took took = Took.NOTHING;
    for (int i = 0; i < variants.size() && (best == null || !best.complete()); i++) {
      Duration left = options.limit().minus(took.planning());
      if (best != null && left.isNegative()) {
        break;
      }
      Scenario variant = variants.get(i);
      Duration share = left.isNegative() ? Duration.ZERO : left.dividedBy(variants.size() - i);
      Outcome tried = Planner.plan(variant.network(), variant.streams(), options.withLimit(share));
      took = took.plus(tried.took());
      if (best == null || tried.refusals().size() < best.document().refusals().size()) {
        best =
            new Result(new PlanDocument(variant, tried.plan(), tried.refusals()), List.of(), took);
      }
    }
    if (best == null) {
      throw new IllegalStateException("a format without a variant");
    }
    return new Result(best.document(), List.of(), took);
  }
}
