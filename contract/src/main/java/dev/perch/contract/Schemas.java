package dev.perch.contract;

import dev.perch.contract.host.HostDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of every event: the resource {@code /schemas/<ce_type>.json}. Schemas
 * are open: a consumer that validates accepts fields and enum values it does not know.
 */
public final class Schemas {
  private static final List<String> TYPES =
      Stream.concat(
              Catalogue.aggregates().stream()
                  .flatMap(
                      aggregate ->
                          Stream.concat(
                              Stream.of(aggregate.stateType()),
                              Catalogue.changes(aggregate).stream().map(aggregate::type))),
              Stream.of(HostDocument.TYPE))
          .distinct()
          .toList();

  private Schemas() {}

  /** Every CloudEvents type that Perch publishes. */
  public static List<String> types() {
    return TYPES;
  }

  /** The schema of a CloudEvents type; empty if this version does not know the type. */
  public static Optional<String> text(String ceType) {
    if (!TYPES.contains(ceType)) {
      return Optional.empty();
    }
    try (@Nullable InputStream json =
        Schemas.class.getResourceAsStream("/schemas/" + ceType + ".json")) {
      return json == null
          ? Optional.empty()
          : Optional.of(new String(json.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(ceType, e);
    }
  }
}
