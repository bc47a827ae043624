package dev.perch.launcher;

import dev.perch.launcher.process.ProcessId;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.stack.Folders;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code up -d}: a second launcher in a session of its own, whose output is shown until all is
 * ready.
 */
final class Detached {
  /** The same that {@code ./perch} gives the launcher. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms16m",
          "-Xmx160m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20");

  private static final String MARK = "PERCH_DETACHED";

  private final Folders folders;
  private final Arguments arguments;
  private final Path log;

  Detached(Folders folders, Arguments arguments) {
    this.folders = folders;
    this.arguments = arguments;
    this.log = folders.state().resolve("launcher.log");
  }

  /** Whether this JVM is such a second launcher; the first one tells the user what runs. */
  static boolean isParentOfThis() {
    return System.getenv(MARK) != null;
  }

  Exit run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put(MARK, "true");
    Process launcher = builder.start();
    ProcessId id = ProcessId.of(launcher.pid()).orElse(null);
    StateFile file = new StateFile(folders.state());
    try (RandomAccessFile output = new RandomAccessFile(log.toFile(), "r")) {
      while (launcher.isAlive()) {
        Optional<StackState> ready =
            file.read()
                .filter(state -> state.launcher().equals(id))
                .filter(state -> state.phase() == StackState.Phase.READY);
        copy(output);
        if (ready.isPresent()) {
          Summary.print(ready.get(), folders, System.out);
          return Exit.DONE;
        }
        boolean ended = launcher.waitFor(100, TimeUnit.MILLISECONDS);
        assert ended || launcher.isAlive();
      }
      copy(output);
      return Exit.of(launcher.exitValue());
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "up"));
    command.addAll(List.of("--checkout", folders.checkout().toString()));
    command.addAll(List.of("--state-dir", folders.state().toString()));
    arguments.values().entrySet().stream()
        .filter(option -> !option.getKey().equals("--checkout"))
        .filter(option -> !option.getKey().equals("--state-dir"))
        .forEach(
            option ->
                option
                    .getValue()
                    .forEach(value -> command.addAll(List.of(option.getKey(), value))));
    arguments.switches().stream()
        .filter(option -> !option.equals("--detach"))
        .forEach(command::add);
    return command;
  }

  private static void copy(RandomAccessFile output) throws IOException {
    byte[] buffer = new byte[8_192];
    for (int count = output.read(buffer); count > 0; count = output.read(buffer)) {
      System.out.write(buffer, 0, count);
    }
    System.out.flush();
  }
}
