package dev.perch.kit.reconcile.operation;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of operations this release knows. */
final class Kinds {
  private final Map<String, OperationKind> byName;

  Kinds(List<OperationKind> kinds) {
    byName = kinds.stream().collect(toUnmodifiableMap(OperationKind::name, identity()));
  }

  /**
   * @throws IllegalArgumentException if there is no such kind
   */
  List<String> stepNames(String kind, JsonNode spec) {
    OperationKind known = byName.get(kind);
    if (known == null) {
      throw new IllegalArgumentException("no such kind of operation: " + kind);
    }
    return known.steps(spec).stream().map(Step::name).toList();
  }

  /** Empty if the operation was asked for by a release that knows more. */
  Optional<Step> step(Kept operation, String name) {
    return Optional.ofNullable(byName.get(operation.kind()))
        .flatMap(
            kind ->
                kind.steps(operation.spec()).stream()
                    .filter(step -> step.name().equals(name))
                    .findFirst());
  }
}
