package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.InvalidModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one or more files. */
final class Faults {
  private static final int LONGEST = 80;

  private final List<InputFault> all = new ArrayList<>();

  void add(String file, int line, String field, String found, String remedy) {
    String shown = found.length() > LONGEST ? found.substring(0, LONGEST) + "…" : found;
    all.add(new InputFault(file, line, field, shown, remedy));
  }

  /**
   * Makes a value of the model; null if the model refuses it, which becomes faults of this line.
   */
  <T> @Nullable T make(String file, int line, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (InvalidModelException e) {
      e.violations().forEach(v -> add(file, line, v.field(), v.found(), v.remedy()));
      return null;
    }
  }

  int count() {
    return all.size();
  }

  void raise() throws BadInputException {
    if (!all.isEmpty()) {
      throw new BadInputException(sorted());
    }
  }

  /** File by file, as they were read, each from top to bottom. */
  private List<InputFault> sorted() {
    Map<String, List<InputFault>> files = new LinkedHashMap<>();
    all.forEach(one -> files.computeIfAbsent(one.file(), file -> new ArrayList<>()).add(one));
    return files.values().stream()
        .flatMap(faults -> faults.stream().sorted(Comparator.comparingInt(InputFault::line)))
        .toList();
  }
}
