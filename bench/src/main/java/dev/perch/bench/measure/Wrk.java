package dev.perch.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * wrk (Debian's package of that name): one thread, keep-alive connections, each of which sends its
 * next request when it has the answer to the last.
 */
public final class Wrk {
  private static final List<String> SCRIPTS = List.of("result.lua", "get.lua", "create.lua");
  private static final Pattern RESULT =
      Pattern.compile(
          "^perch requests=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+) refused=(\\d+) failed=(\\d+)$",
          Pattern.MULTILINE);

  private final Path scripts;

  /**
   * @param folder where the scripts are written
   */
  public Wrk(Path folder) throws IOException {
    this.scripts = folder;
    for (String script : SCRIPTS) {
      try (InputStream resource =
          Objects.requireNonNull(Wrk.class.getResourceAsStream("/wrk/" + script), script)) {
        Files.write(folder.resolve(script), resource.readAllBytes());
      }
    }
  }

  /**
   * @param environment what the script reads, and {@code PERCH_TOKEN}
   */
  public record Load(
      String script, int connections, Duration time, URI url, Map<String, String> environment) {

    /** The command, without the environment, which holds a token. */
    @Override
    public String toString() {
      return String.join(" ", command(script));
    }

    private List<String> command(String scriptFile) {
      return List.of(
          "wrk",
          "--threads=1",
          "--connections=" + connections,
          "--duration=" + time.toSeconds() + "s",
          "--timeout=10s",
          "--script=" + scriptFile,
          url.toString());
    }
  }

  /**
   * @param refused answers that were not 2xx or 3xx
   * @param failed connections that broke or timed out
   */
  public record Outcome(
      long requests,
      double seconds,
      double p50Millis,
      double p99Millis,
      long refused,
      long failed) {

    public double perSecond() {
      return (requests - refused) / seconds;
    }
  }

  /**
   * Runs the load to its end.
   *
   * @throws IllegalStateException if wrk is missing or fails, or if anything was not answered with
   *     success: such a figure would mean nothing
   */
  public Outcome run(Load load) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(load.command(scripts.resolve(load.script()).toString()))
            .redirectErrorStream(true);
    command.environment().putAll(load.environment());
    command.environment().put("PERCH_SCRIPTS", scripts.toString());
    String output;
    int status;
    try {
      Process wrk = command.start();
      output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      status = wrk.waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("wrk cannot be run; install it: apt-get install wrk", e);
    }
    Matcher result = RESULT.matcher(output);
    if (status != 0 || !result.find()) {
      throw new IllegalStateException(load + " failed:\n" + output);
    }
    Outcome outcome =
        new Outcome(
            Long.parseLong(result.group(1)),
            Long.parseLong(result.group(2)) / 1e6,
            Long.parseLong(result.group(3)) / 1e3,
            Long.parseLong(result.group(4)) / 1e3,
            Long.parseLong(result.group(5)),
            Long.parseLong(result.group(6)));
    if (outcome.requests() == 0 || outcome.refused() > 0 || outcome.failed() > 0) {
      throw new IllegalStateException(load + " was not answered with success:\n" + output);
    }
    return outcome;
  }
}
