package dev.perch.cli.tsn;

import dev.perch.tsn.plan.UnsoundPlanException;
import dev.perch.tsn.plan.check.Flaw;
import dev.perch.tsn.plan.format.JsonWriter;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.format.TsnkitReading;
import dev.perch.tsn.plan.format.TsnkitWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What a plan can be written as. */
enum OutputFormat {
  /** Five CSV files. */
  tsnkit {
    @Override
    List<Scenario> variants(Scenario asked) {
      return TsnkitVariants.of(asked);
    }

    @Override
    PlanDocument finish(PlanDocument document, Scenario asked) {
      if (TsnkitReading.isTooLong(asked)) {
        return document;
      }
      TsnkitReading reading = TsnkitReading.of(document, asked);
      List<Flaw> flaws = reading.check().flaws();
      if (!flaws.isEmpty()) {
        throw new UnsoundPlanException(flaws);
      }
      return reading.document();
    }

    @Override
    void write(PlanDocument document, String prefix) throws IOException {
      new TsnkitWriter(document.scenario(), Objects.requireNonNull(document.plan())).write(prefix);
    }
  },
  /** Our own. */
  json {
    @Override
    List<Scenario> variants(Scenario asked) {
      return List.of(asked);
    }

    @Override
    void write(PlanDocument document, String prefix) throws IOException {
      new JsonWriter(document).write(Path.of(prefix + ".json"));
    }
  };

  /** What to plan so that the readers of the format can make the most of it; the best first. */
  abstract List<Scenario> variants(Scenario asked);

  /**
   * What is to be written of a variant's plan: as sound for those who read it with what was asked
   * for.
   *
   * @throws UnsoundPlanException if it is not
   */
  PlanDocument finish(PlanDocument document, Scenario asked) {
    return document;
  }

  /** Writes {@code prefix.json}, or {@code prefix-GCL.csv} and so on. */
  abstract void write(PlanDocument document, String prefix) throws IOException;
}
