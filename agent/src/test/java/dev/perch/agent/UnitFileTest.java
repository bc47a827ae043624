package dev.perch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package's unit, as systemd reads it: a word it does not know is a setting it leaves out. */
class UnitFileTest {
  private static final Path PACKAGING = Path.of("packaging").toAbsolutePath();

  @TempDir Path root;

  @Test
  void systemdHasNothingToSayAboutTheUnit() throws Exception {
    install("perch-agent.service", "lib/systemd/system/perch-agent.service");
    install("perch-agent", "usr/bin/perch-agent");

    Process verify =
        new ProcessBuilder(
                "systemd-analyze",
                "verify",
                "--root=" + root,
                "--recursive-errors=no",
                "--man=no",
                "perch-agent.service")
            .redirectErrorStream(true)
            .start();
    String words = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(verify.waitFor()).as(words).isZero();
    assertThat(words).isEmpty();
  }

  private void install(String file, String to) throws Exception {
    Path installed = root.resolve(to);
    Files.createDirectories(installed.getParent());
    Files.copy(PACKAGING.resolve(file), installed, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
