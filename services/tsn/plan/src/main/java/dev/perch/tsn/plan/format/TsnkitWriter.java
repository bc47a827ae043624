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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as tsnkit does: {@code PREFIX-GCL.csv}, {@code -OFFSET}, {@code -ROUTE}, {@code
 * -QUEUE} and {@code -DELAY}. Streams are strictly periodic, so each has one offset and one delay;
 * of a multicast stream the delay is that to the last listener. Gates are {@link TsnkitWindows};
 * devices get the merged lists of our own format.
 */
public final class TsnkitWriter {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private final Scenario scenario;
  private final Plan plan;

  public TsnkitWriter(Scenario scenario, Plan plan) {
    this.scenario = scenario;
    this.plan = plan;
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
    if (TsnkitWindows.areTooMany(scenario.streams())) {
      throw new IOException(
          "the periods of the streams meet only every "
              + Hyperperiod.of(scenario.streams()).orElse(Long.MAX_VALUE)
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
    TsnkitWindows windows = new TsnkitWindows(scenario.network(), scenario.streams());
    for (Stream stream : scenario.streams()) {
      var planned = plan.streams().get(stream.name());
      if (planned != null) {
        windows.add(stream, planned);
      }
    }
    List<Object[]> rows = new ArrayList<>();
    windows.forEach(
        (link, queue, window) ->
            rows.add(
                new Object[] {name(link), queue, window.start(), window.end(), windows.cycle()}));
    return rows;
  }

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
