package dev.perch.kit.testkit;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** The JSON Schemas of the events. */
public final class Schemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private Schemas() {}

  /** By CloudEvents type, the schemas that {@code contract} publishes. */
  public static Function<String, Optional<JsonSchema>> ofContract() {
    return type -> load("/schemas/" + type + ".json");
  }

  private static Optional<JsonSchema> load(String resource) {
    try (InputStream in = Json.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(FACTORY.getSchema(in, CONFIG));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
