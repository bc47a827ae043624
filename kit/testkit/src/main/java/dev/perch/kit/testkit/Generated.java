package dev.perch.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is made from the code. Built with {@code -Dperch.regenerate=true} it is
 * written, else compared.
 */
public final class Generated {
  private static final boolean WRITE = Boolean.getBoolean("perch.regenerate");

  private Generated() {}

  /** Fails if the file is stale. The path is relative to the module. */
  public static void check(Path file, String content) throws IOException {
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
}
