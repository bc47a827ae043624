package dev.perch.cli.tsn;

import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Planner;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans an instance, and has both checkers look at the plan. */
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
   * @param planned how long that took
   */
  record Result(PlanDocument document, Duration planned, PlanCheck.Report report) {
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
    long begin = System.nanoTime();
    List<Scenario> variants = target.variants(asked);
    Scenario best = asked;
    Outcome outcome = null;
    for (int i = 0; i < variants.size() && (outcome == null || !outcome.isComplete()); i++) {
      Scenario variant = variants.get(i);
      Duration left = options.limit().minusNanos(System.nanoTime() - begin);
      if (outcome != null && left.isNegative()) {
        break;
      }
      Duration share = left.isNegative() ? Duration.ZERO : left.dividedBy(variants.size() - i);
      Outcome tried = Planner.plan(variant.network(), variant.streams(), options.withLimit(share));
      if (outcome == null || tried.refusals().size() < outcome.refusals().size()) {
        best = variant;
        outcome = tried;
      }
    }
    Duration planned = Duration.ofNanos(System.nanoTime() - begin);
    return result(best, outcome, planned);
  }

  private static Result result(Scenario scenario, @Nullable Outcome outcome, Duration planned) {
    if (outcome == null) {
      throw new IllegalStateException("a format without a variant");
    }
    Set<String> refused =
        outcome.refusals().stream().map(Refusal::stream).collect(Collectors.toSet());
    List<Stream> placed =
        scenario.streams().stream().filter(stream -> !refused.contains(stream.name())).toList();
    PlanCheck.Report report = PlanCheck.check(scenario.network(), placed, outcome.plan());
    return new Result(
        new PlanDocument(scenario, outcome.plan(), outcome.refusals()), planned, report);
  }
}
