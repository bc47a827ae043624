package dev.perch.bench.certmon;

import dev.perch.bench.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The agent as the launcher runs it for its own machine: the same program, with the same flags.
 *
 * @param command without its settings and what it is to do
 */
record AgentProgram(List<String> command) {
  private static final String SETTINGS = "--settings";

  AgentProgram {
    command = List.copyOf(command);
  }

  /**
   * Reads it from the process.
   *
   * @throws IllegalStateException if the stack has no agent
   */
  static AgentProgram of(Stack stack) throws IOException {
    long pid =
        stack
            .part("agent")
            .alive()
            .orElseThrow(() -> new IllegalStateException("the agent of this machine has ended"))
            .pid();
    List<String> words =
        List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).split("\0"));
    return new AgentProgram(words.subList(0, words.indexOf(SETTINGS)));
  }

  /** A command of the agent of another host. */
  List<String> with(Path settings, String... words) {
    return Stream.of(command.stream(), Stream.of(SETTINGS, settings.toString()), Stream.of(words))
        .flatMap(all -> all)
        .toList();
  }
}
