package dev.perch.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The checkout these tests are in, and the commands a user runs there. */
final class Checkout {
  static final Path ROOT = root();

  /** What a command left. */
  record Ran(int exit, String output) {
    Ran successfully() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + ":\n" + output);
      }
      return this;
    }
  }

  private Checkout() {}

  /** Runs a command in the checkout to its end; both streams are in the output. */
  static Ran run(Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("perch-e2e", ".out");
      var builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      builder.redirectOutput(output.toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      Process process = builder.start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end:\n" + Files.readString(output));
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Ran(process.exitValue(), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static Ran perch(String... arguments) {
    return run(Map.of(), Stream.concat(Stream.of("./perch"), Stream.of(arguments)).toList());
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(here.resolve("perch"))) {
      here = here.getParent();
      if (here == null) {
        throw new AssertionError("these tests run inside a checkout");
      }
    }
    return here;
  }
}
