package dev.perch.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a user has it: {@code ./perch}, with a configuration folder of its own. */
final class Cli {
  private final Path folder;
  private final List<String> which;

  /**
   * @param which options that say which Perch is meant
   */
  Cli(Path folder, String... which) {
    this.folder = folder;
    this.which = List.of(which);
  }

  /** What a command left. */
  record Said(int exit, String out, String err) {
    Said successfully() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + ":\n" + out + err);
      }
      return this;
    }

    JsonNode json() {
      try {
        return Json.MAPPER.readTree(successfully().out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A command that still runs. */
  final class Running {
    private final Process process;
    private final Path out;
    private final Path err;

    private Running(List<String> command) {
      try {
        out = Files.createTempFile(folder, "perch", ".out");
        err = Files.createTempFile(folder, "perch", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(Checkout.ROOT.toFile());
        builder
            .environment()
            .putAll(Map.of("XDG_CONFIG_HOME", folder.toString(), "PERCH_NO_BUILD", "1"));
        process =
            builder
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** What it has said so far on standard error. */
    String err() {
      return read(err);
    }

    Said end() {
      try {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new AssertionError("did not end:\n" + read(out) + read(err));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      return new Said(process.exitValue(), read(out), read(err));
    }

    private String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Running start(String... words) {
    List<String> command = new ArrayList<>(List.of("./perch"));
    command.addAll(List.of(words));
    command.addAll(which);
    return new Running(command);
  }

  Said run(String... words) {
    return start(words).end();
  }
}
