package dev.perch.cli.tsn;

import dev.perch.tsn.plan.format.BadInputException;
import dev.perch.tsn.plan.format.JsonReader;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.format.TsnBenchReader;
import dev.perch.tsn.plan.format.TsnkitReader;
import java.nio.file.Path;
import java.util.List;

/** What can be planned from. */
enum InputFormat {
  /** Task and topology, CSV. */
  tsnkit(2) {
    @Override
    Scenario read(List<Path> files) throws BadInputException {
      return new TsnkitReader().read(files.get(0), files.get(1));
    }
  },
  /** Streams and topology, JSON. */
  tsnbench(2) {
    @Override
    Scenario read(List<Path> files) throws BadInputException {
      return new TsnBenchReader().read(files.get(0), files.get(1));
    }
  },
  /** Our own, with or without a plan in it. */
  json(1) {
    @Override
    Scenario read(List<Path> files) throws BadInputException {
      return new JsonReader().read(files.get(0)).scenario();
    }
  };

  private final int files;

  InputFormat(int files) {
    this.files = files;
  }

  /** How many files make an instance. */
  int files() {
    return files;
  }

  abstract Scenario read(List<Path> files) throws BadInputException;
}
