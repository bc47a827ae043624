package dev.perch.bench.cli;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.launcher.stack.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** From the shell's prompt to the next one: script, JVM, command, on a Perch that runs. */
public final class CliBench {
  private static final double GOAL_MILLIS = 400;
  private static final int RUNS = 20;
  private static final int SHORT_RUNS = 5;

  private final Report report;
  private final Folders folders;
  private final int runs;

  public CliBench(Folders folders, Report report, boolean brief) {
    this.folders = folders;
    this.report = report;
    this.runs = brief ? SHORT_RUNS : RUNS;
  }

  /**
   * @return whether the median of each command reached the goal
   */
  public boolean run() throws IOException, InterruptedException {
    Machine.describe().forEach(report::say);
    measure("--version", List.of("--version"));
    measure("hosts list --limit 10", onStack("hosts", "list", "--limit", "10"));
    measure("sites list -o json", onStack("sites", "list", "-o", "json"));
    measure("alarms list", onStack("alarms", "list"));
    return report.finish();
  }

  private List<String> onStack(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--state-dir", folders.state().toString()))
        .toList();
  }

  private void measure(String name, List<String> words) throws IOException, InterruptedException {
    // The first one may have to make the AOT cache.
    once(words);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      millis.add(once(words));
    }
    Collections.sort(millis);
    report.lower(name + " p50", millis.get(runs / 2), "ms", GOAL_MILLIS);
    report.lower(name + " slowest", millis.getLast(), "ms", null);
  }

  private double once(List<String> words) throws IOException, InterruptedException {
    Path perch = folders.checkout().resolve("perch");
    List<String> command = Stream.concat(Stream.of(perch.toString()), words.stream()).toList();
    long begin = System.nanoTime();
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    double took = (System.nanoTime() - begin) / 1e6;
    if (exit != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
    }
    return took;
  }
}
