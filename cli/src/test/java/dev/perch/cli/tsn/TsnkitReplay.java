package dev.perch.cli.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs exported files the way tsnkit's own simulator does, with nothing but the files: 1 Gbit/s,
 * 2,000 ns in each bridge, sizes rounded up to 100 bytes, no preamble, no gap.
 */
final class TsnkitReplay {
  private static final Pattern CELL = Pattern.compile("\"([^\"]*)\"|([^,]+)");

  private final List<List<String>> tasks;
  private final Map<String, List<long[]>> gates = new HashMap<>();
  private final Map<String, List<String>> routes = new LinkedHashMap<>();
  private final Map<String, Integer> queues = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, Long> delays = new HashMap<>();
  private long cycle = 1;

  TsnkitReplay(Path task, String prefix) throws IOException {
    tasks = rows(task);
    for (List<String> row : rows(Path.of(prefix + "-GCL.csv"))) {
      gates
          .computeIfAbsent(row.get(0) + row.get(1), port -> new ArrayList<>())
          .add(new long[] {Long.parseLong(row.get(2)), Long.parseLong(row.get(3))});
      cycle = Long.parseLong(row.get(4));
    }
    for (List<String> row : rows(Path.of(prefix + "-OFFSET.csv"))) {
      assertThat(row.get(1)).isEqualTo("0");
      offsets.put(row.get(0), Long.parseLong(row.get(2)));
    }
    for (List<String> row : rows(Path.of(prefix + "-ROUTE.csv"))) {
      routes.computeIfAbsent(row.get(0), stream -> new ArrayList<>()).add(row.get(1));
    }
    for (List<String> row : rows(Path.of(prefix + "-QUEUE.csv"))) {
      queues.put(row.get(0) + row.get(2), Integer.parseInt(row.get(3)));
    }
    for (List<String> row : rows(Path.of(prefix + "-DELAY.csv"))) {
      delays.put(row.get(0), Long.parseLong(row.get(2)));
    }
  }

  /** A frame in the queue of a link since some time, that may go when it is ready. */
  private record Waiting(
      long ready, long since, String stream, long launched, String link, int size) {}

  /** Fails where tsnkit's user would be disappointed. */
  void run() {
    assertWindowsAreApart();
    PriorityQueue<Waiting> agenda =
        new PriorityQueue<>(
            Comparator.comparingLong(Waiting::ready).thenComparingLong(Waiting::since));
    Map<String, Set<Long>> seen = new HashMap<>();
    for (List<String> task : tasks) {
      String stream = task.get(0);
      long period = Long.parseLong(task.get(4));
      long offset = offsets.getOrDefault(stream, -1L);
      assertThat(offset).as("offset of " + stream).isBetween(0L, period - 1);
      assertThat(offset % 100).as("step of the offset of " + stream).isZero();
      int size = Math.ceilDiv(Integer.parseInt(task.get(3)), 100) * 100;
      for (long launched = offset; launched < 2 * cycle; launched += period) {
        for (String link : from(stream, task.get(1))) {
          agenda.add(new Waiting(launched, launched, stream, launched, link, size));
        }
      }
    }
    Map<String, Long> free = new HashMap<>();
    while (!agenda.isEmpty()) {
      Waiting next = agenda.poll();
      String port = next.link + queues.get(next.stream + next.link);
      long trans = next.size * 8L;
      long start = open(port, Math.max(next.ready, free.getOrDefault(next.link, 0L)), trans);
      if (start > next.ready) {
        agenda.add(
            new Waiting(start, next.since, next.stream, next.launched, next.link, next.size));
        continue;
      }
      free.put(next.link, start + trans);
      String node = ends(next.link)[1];
      for (String link : from(next.stream, node)) {
        long there = start + trans + 2000;
        agenda.add(new Waiting(there, there, next.stream, next.launched, link, next.size));
      }
      seen.computeIfAbsent(next.stream + " " + node, key -> new HashSet<>())
          .add(start + trans - next.launched);
    }
    tasks.forEach(task -> assertArrivals(task, seen));
  }

  private void assertArrivals(List<String> task, Map<String, Set<Long>> seen) {
    long most = 0;
    Matcher listeners = Pattern.compile("\\d+").matcher(task.get(2));
    while (listeners.find()) {
      String where = task.get(0) + " " + listeners.group();
      assertThat(seen.getOrDefault(where, Set.of())).as("latencies of " + where).hasSize(1);
      for (long latency : seen.getOrDefault(where, Set.of())) {
        assertThat(latency).isLessThanOrEqualTo(Long.parseLong(task.get(5)));
        most = Math.max(most, latency);
      }
    }
    // The wire has 8 bytes more, on each link at most.
    assertThat(delays.getOrDefault(task.get(0), -1L))
        .isBetween(most, most + 64L * routes.getOrDefault(task.get(0), List.of()).size());
  }

  private void assertWindowsAreApart() {
    gates.forEach(
        (port, windows) -> {
          windows.sort(Comparator.comparingLong(window -> window[0]));
          for (int i = 0; i < windows.size(); i++) {
            assertThat(windows.get(i)[0]).isLessThan(windows.get(i)[1]);
            if (i > 0) {
              assertThat(windows.get(i)[0])
                  .as("windows of " + port)
                  .isGreaterThanOrEqualTo(windows.get(i - 1)[1]);
            }
          }
        });
  }

  private long open(String port, long from, long trans) {
    for (long turn = from / cycle; turn < from / cycle + 3; turn++) {
      for (long[] window : gates.getOrDefault(port, List.of())) {
        long start = Math.max(from, turn * cycle + window[0]);
        long end = turn * cycle + window[1];
        // A window that goes over the end of the cycle is written as two.
        boolean over = window[1] == cycle && gates.getOrDefault(port, List.of()).getFirst()[0] == 0;
        if (start + trans <= end || over && start < end) {
          return start;
        }
      }
    }
    throw new AssertionError("the gate of " + port + " never opens long enough");
  }

  private List<String> from(String stream, String node) {
    return routes.getOrDefault(stream, List.of()).stream()
        .filter(link -> ends(link)[0].equals(node))
        .toList();
  }

  private static String[] ends(String link) {
    return link.substring(1, link.length() - 1).split(", ", 2);
  }

  private static List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      List<String> row = new ArrayList<>();
      Matcher cells = CELL.matcher(line);
      while (cells.find()) {
        row.add(cells.group(1) == null ? cells.group(2) : cells.group(1));
      }
      rows.add(row);
    }
    return rows;
  }
}
