package dev.perch.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Proportional set size: a page that n processes share counts 1/n for each (proc(5)). */
public final class Memory {
  private Memory() {}

  /** The PSS of these processes and everything they started, in bytes. */
  public static long ofTrees(Collection<Long> pids) {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .mapToLong(ProcessHandle::pid)
        .distinct()
        .flatMap(Memory::of)
        .sum();
  }

  /** Empty if the process is gone, or another user's. */
  private static LongStream of(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup"))
          .lines()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024);
    } catch (IOException gone) {
      return LongStream.empty();
    }
  }
}
