package dev.perch.tsn.plan.format;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as tsnkit does: {@code PREFIX-GCL.csv}, {@code -OFFSET}, {@code -ROUTE}, {@code
 * -QUEUE} and {@code -DELAY}. Streams are strictly periodic, so each has one offset and one delay;
 * of a multicast stream the delay is that to the last listener. Each frame has a window of its own,
 * from its start for its time on the wire: so no frame goes before its time in tools that count the
 * wire differently. Devices get the merged lists of our own format.
 */
public final class TsnkitWriter {
  /** More rows of gates than any tool would read. */
  private static final long MOST_WINDOWS = 20_000_000;

  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private final Scenario scenario;
  private final Plan plan;
  private final long hyperperiod;

  public TsnkitWriter(Scenario scenario, Plan plan) {
    this.scenario = scenario;
    this.plan = plan;
    this.hyperperiod = Hyperperiod.of(scenario.streams()).orElse(Long.MAX_VALUE);
  }

  /** tsnkit's name of a link. */
  static String name(String from, String to) {
    return "(" + from + ", " + to + ")";
  }

  /**
   * Writes the five files; a refused stream is in none of them.
   *
   * @throws IOException if they cannot be written, also because the hyperperiod has more windows
   *     than a file can hold
   */
  public void write(String prefix) throws IOException {
    double windows = 0;
    for (Stream stream : scenario.streams()) {
      windows += (double) hyperperiod / stream.interval();
    }
    if (windows > MOST_WINDOWS) {
      throw new IOException(
          "the periods of the streams meet only every "
              + hyperperiod
              + " ns; tsnkit's format wants every window until then. Use --to json");
    }
    write(prefix + "-GCL.csv", List.of("link", "queue", "start", "end", "cycle"), gates());
    List<Object[]> offsets = new ArrayList<>();
    List<Object[]> routes = new ArrayList<>();
    List<Object[]> queues = new ArrayList<>();
    List<Object[]> delays = new ArrayList<>();
    for (Stream stream : scenario.streams()) {
      var planned = plan.streams().get(stream.name());
      if (planned == null) {
        continue;
      }
      Tree tree = planned.trees().getFirst();
      offsets.add(new Object[] {stream.name(), 0, tree.offset() % stream.interval()});
      for (Hop hop : tree.hops()) {
        String link = name(link(hop));
        routes.add(new Object[] {stream.name(), link});
        queues.add(new Object[] {stream.name(), 0, link, hop.queue()});
      }
      delays.add(
          new Object[] {stream.name(), 0, Latencies.longest(scenario.network(), stream, tree)});
    }
    write(prefix + "-OFFSET.csv", List.of("stream", "frame", "offset"), offsets);
    write(prefix + "-ROUTE.csv", List.of("stream", "link"), routes);
    write(prefix + "-QUEUE.csv", List.of("stream", "frame", "link", "queue"), queues);
    write(prefix + "-DELAY.csv", List.of("stream", "frame", "delay"), delays);
  }

  /** By link and queue, in the order they open. */
  private List<Object[]> gates() {
    Map<String, TreeMap<Integer, List<Window>>> byPort = new LinkedHashMap<>();
    scenario.network().links().forEach(link -> byPort.put(name(link), new TreeMap<>()));
    for (Stream stream : scenario.streams()) {
      var planned = plan.streams().get(stream.name());
      for (Hop hop : planned == null ? List.<Hop>of() : planned.trees().getFirst().hops()) {
        Link link = link(hop);
        List<Window> windows =
            byPort
                .computeIfAbsent(name(link), name -> new TreeMap<>())
                .computeIfAbsent(hop.queue(), queue -> new ArrayList<>());
        for (long start : hop.starts()) {
          addWindows(windows, stream, start, link.wireTime(stream.frameBytes()));
        }
      }
    }
    List<Object[]> rows = new ArrayList<>();
    byPort.forEach(
        (link, queues) ->
            queues.forEach(
                (queue, windows) -> {
                  windows.sort(Comparator.comparingLong(Window::start));
                  for (Window window : windows) {
                    rows.add(new Object[] {link, queue, window.start(), window.end(), hyperperiod});
                  }
                }));
    return rows;
  }

  /** Over the hyperperiod; a window that goes over its end is two. */
  private void addWindows(List<Window> windows, Stream stream, long first, long onWire) {
    for (long at = first % stream.interval(); at < hyperperiod; at += stream.interval()) {
      long end = at + onWire;
      windows.add(new Window(at, Math.min(end, hyperperiod)));
      if (end > hyperperiod) {
        windows.add(new Window(0, end - hyperperiod));
      }
    }
  }

  private record Window(long start, long end) {}

  private Link link(Hop hop) {
    return Objects.requireNonNull(scenario.network().link(hop.link()).orElse(null), hop.link());
  }

  private static String name(Link link) {
    return name(link.from(), link.to());
  }

  private static void write(String file, List<String> columns, List<Object[]> rows)
      throws IOException {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    columns.forEach(schema::addColumn);
    Path path = Path.of(file);
    @Nullable Path folder = path.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ObjectWriter writer = CSV.writer(schema.build());
    try (var values = writer.writeValues(Files.newBufferedWriter(path))) {
      values.writeAll(rows.toArray(new Object[0][]));
      if (rows.isEmpty()) {
        values.flush();
      }
    }
  }
}
