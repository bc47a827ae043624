package dev.perch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is made from other files. Built with {@code -Dperch.regenerate=true} it is
 * written, else compared.
 */
final class Generated {
  private static final boolean WRITE = Boolean.getBoolean("perch.regenerate");

  private Generated() {}

  /** Fails if the file is stale. The path is relative to the module. */
  static void check(Path file, String content) throws IOException {
    if (WRITE) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, content);
    }
    assertThat(file)
        .as("stale or missing: build with -Dperch.regenerate=true and commit the difference")
        .exists()
        .content()
        .isEqualTo(content);
  }

  /** Two spaces, a field a line, a newline at the end: as the hand-written files are. */
  static String pretty(JsonNode json) throws JsonProcessingException {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentObjectsWith(indent);
    printer.indentArraysWith(indent);
    return Json.MAPPER.writer(printer).writeValueAsString(json) + "\n";
  }
}
