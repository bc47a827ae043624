package dev.perch.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogSchemasTest {

  static Stream<Arguments> changes() {
    return Catalogue.aggregates().stream()
        .flatMap(a -> Catalogue.changes(a).stream().map(what -> Arguments.of(a, what)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theCommittedSchemaOfAChangeFollowsTheSchemaOfItsResource(Aggregate aggregate, String what)
      throws IOException {
    var resource = Json.MAPPER.readTree(Schemas.text(aggregate.stateType()).orElseThrow());

    Generated.check(
        Path.of("src/main/resources/schemas", aggregate.type(what) + ".json"),
        Generated.pretty(LogSchema.of(aggregate, what, resource)));
  }
}
