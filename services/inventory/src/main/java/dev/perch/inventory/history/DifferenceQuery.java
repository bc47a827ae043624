package dev.perch.inventory.history;

import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Parameters;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be compared with what. */
sealed interface DifferenceQuery {

  /**
   * A host with itself.
   *
   * @param to null for now
   */
  record Instants(Instant from, @Nullable Instant to) implements DifferenceQuery {}

  /** A host with another, both as they are now, with what they report. */
  record Hosts(UUID other) implements DifferenceQuery {}

  static DifferenceQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          Value<Instant> from = parameters.one("from", Rules.instant());
          Value<Instant> to = parameters.one("to", Rules.instant());
          Value<UUID> with = parameters.one("with", Rules.uuid());
          return () -> of(from.orNull(), to.orNull(), with.orNull());
        });
  }

  private static DifferenceQuery of(
      @Nullable Instant from, @Nullable Instant to, @Nullable UUID with) {
    if (with != null && from == null && to == null) {
      return new Hosts(with);
    }
    if (with == null && from != null) {
      return new Instants(from, to);
    }
    throw new Problem.Invalid(
            List.of(
                new Violation(
                    "parameters.ambiguous",
                    "from",
                    null,
                    "Give from, and to unless it is now; or with alone.")))
        .asException();
  }
}
