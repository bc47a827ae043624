package dev.perch.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor time of processes, user and system, as proc(5) has it. */
public final class Processor {
  /** Linux reports in these, whatever the kernel's own tick is. */
  private static final double TICKS_PER_SECOND = 100;

  private Processor() {}

  /** In seconds since they started, together. */
  public static double seconds(List<Long> pids) {
    return pids.stream().mapToDouble(Processor::seconds).sum();
  }

  private static double seconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // Behind the name, which may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
