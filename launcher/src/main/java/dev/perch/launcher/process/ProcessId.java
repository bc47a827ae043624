package dev.perch.launcher.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process, for good: a pid alone is handed out again, a pid with its start time is not.
 *
 * @param pid process id
 * @param startTicks when it started, in clock ticks since boot (field 22 of {@code /proc/PID/stat},
 *     proc(5)); the same before and after {@code exec}
 */
public record ProcessId(long pid, long startTicks) {
  private static final Path PROC = Path.of("/proc");
  // proc_pid_stat(5) counts from 1; pid and name are cut off before the fields are split.
  private static final int STATE = 3 - 3;
  private static final int START_TIME = 22 - 3;

  /** The process that has this pid now; empty if there is none, or only a zombie of it. */
  public static Optional<ProcessId> of(long pid) {
    String stat;
    try {
      stat =
          Files.readString(
              PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return Optional.empty();
    }
    // The name stands in parentheses and may itself hold parentheses and spaces.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return switch (fields.get(STATE)) {
      case "Z", "X" -> Optional.empty();
      default -> Optional.of(new ProcessId(pid, Long.parseLong(fields.get(START_TIME))));
    };
  }

  /** This JVM. */
  public static ProcessId own() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /** Whether this very process still runs. */
  @JsonIgnore
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }
}
