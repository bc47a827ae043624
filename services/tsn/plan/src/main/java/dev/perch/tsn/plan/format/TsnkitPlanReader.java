package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.format.CsvTable.Row;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan from tsnkit's five files, whoever made it. Streams must be strictly periodic: one
 * offset, delay and queue for all frames. A stream that is in none of the files is not in the plan.
 */
public final class TsnkitPlanReader {
  /** More frames than anybody waits for. */
  private static final double MOST_FRAMES = 20_000_000;

  private final Scenario asked;
  private final Map<String, Stream> streams = new HashMap<>();
  private final Faults faults = new Faults();

  /**
   * @param asked what the plan was made for, as {@link TsnkitReader} reads it
   */
  public TsnkitPlanReader(Scenario asked) {
    this.asked = asked;
    asked.streams().forEach(stream -> streams.put(stream.name(), stream));
  }

  /**
   * Reads {@code PREFIX-GCL.csv} and so on.
   *
   * @throws BadInputException with everything that is wrong with them
   */
  public TsnkitPlan read(String prefix) throws BadInputException {
    Map<String, Long> offsets = perStream(prefix + "-OFFSET.csv", "offset");
    Map<String, Long> delays = perStream(prefix + "-DELAY.csv", "delay");
    Map<String, Map<String, Integer>> routes = routes(prefix + "-ROUTE.csv");
    String queueFile = prefix + "-QUEUE.csv";
    Map<String, Map<String, Integer>> queues = queues(queueFile);
    for (Stream stream : asked.streams()) {
      String name = stream.name();
      boolean planned = routes.containsKey(name);
      require(planned == offsets.containsKey(name), prefix + "-OFFSET.csv", name, planned);
      require(planned == delays.containsKey(name), prefix + "-DELAY.csv", name, planned);
      Map<String, Integer> on = queues.getOrDefault(name, Map.of());
      if (!on.keySet().equals(routes.getOrDefault(name, Map.of()).keySet())) {
        faults.add(
            queueFile, 0, "link", "other links of stream " + name, "name those of its route");
      }
    }
    Map<String, TsnkitGates> gates = gates(prefix + "-GCL.csv");
    long hyperperiod = hyperperiod(prefix);
    faults.raise();
    Network network = withQueues(queues);
    TsnkitTimes times = new TsnkitTimes(network, gates, hyperperiod);
    for (Stream stream : asked.streams()) {
      Long offset = offsets.get(stream.name());
      if (offset != null) {
        times.add(stream, offset, queues.getOrDefault(stream.name(), Map.of()));
      }
    }
    Map<String, GateList> lists = new LinkedHashMap<>();
    gates.forEach((name, port) -> lists.put(name, port.list(network.link(name).orElseThrow())));
    return new TsnkitPlan(
        new Scenario(network, asked.streams()), new Plan(times.plans(), lists), delays);
  }

  private List<Row> rows(String file, String... columns) {
    return new CsvTable(file, faults).read(Path.of(file), List.of(columns));
  }

  private Map<String, Long> perStream(String file, String column) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Row row : rows(file, "stream", "frame", column)) {
      long value = row.integer(column, 0);
      Stream stream = stream(row);
      if (stream != null) {
        keep(row, column, values.putIfAbsent(stream.name(), value), value);
      }
    }
    return values;
  }

  /** By stream, the links. */
  private Map<String, Map<String, Integer>> routes(String file) {
    Map<String, Map<String, Integer>> routes = new LinkedHashMap<>();
    for (Row row : rows(file, "stream", "link")) {
      Stream stream = stream(row);
      Link link = link(row);
      if (stream != null
          && link != null
          && routes.computeIfAbsent(stream.name(), n -> new LinkedHashMap<>()).put(link.name(), 0)
              != null) {
        row.fault("link", link.name(), "name each link of a stream once");
      }
    }
    return routes;
  }

  /** By stream, the queue on each link. */
  private Map<String, Map<String, Integer>> queues(String file) {
    Map<String, Map<String, Integer>> queues = new LinkedHashMap<>();
    for (Row row : rows(file, "stream", "frame", "link", "queue")) {
      int queue = queue(row);
      Stream stream = stream(row);
      Link link = link(row);
      if (stream != null && link != null) {
        Integer before =
            queues
                .computeIfAbsent(stream.name(), n -> new LinkedHashMap<>())
                .putIfAbsent(link.name(), queue);
        keep(row, "queue", before == null ? null : before.longValue(), queue);
      }
    }
    return queues;
  }

  private Map<String, TsnkitGates> gates(String file) {
    Map<String, TsnkitGates> gates = new LinkedHashMap<>();
    for (Row row : rows(file, "link", "queue", "start", "end", "cycle")) {
      int queue = queue(row);
      long start = row.integer("start", 0);
      long end = row.integer("end", 1);
      long cycle = row.integer("cycle", 1);
      Link link = link(row);
      if (end <= start || end > cycle) {
        row.fault("end", Long.toString(end), "write a time behind the start, within the cycle");
      } else if (link != null) {
        TsnkitGates port = gates.computeIfAbsent(link.name(), name -> new TsnkitGates(cycle));
        keep(row, "cycle", port.cycle(), cycle);
        port.add(queue, new Openings.Window(start, end));
      }
    }
    return gates;
  }

  private static void keep(Row row, String column, @Nullable Long before, long value) {
    if (before != null && before != value) {
      row.fault(column, Long.toString(value), "write " + before + ", as before");
    }
  }

  private static int queue(Row row) {
    long queue = row.integer("queue", 0);
    if (queue > 7) {
      row.fault("queue", Long.toString(queue), "write 0 to 7");
    }
    return (int) Math.min(queue, 7);
  }

  private @Nullable Stream stream(Row row) {
    String name = row.text("stream");
    Stream stream = streams.get(name);
    if (stream == null) {
      row.fault("stream", name, "name a stream of the task");
    }
    return stream;
  }

  private @Nullable Link link(Row row) {
    List<String> pair = row.numbers("link");
    Link link =
        pair.size() == 2
            ? asked.network().link(TsnkitWriter.name(pair.get(0), pair.get(1))).orElse(null)
            : null;
    if (link == null) {
      row.fault("link", row.text("link"), "name a link of the topology");
    }
    return link;
  }

  private void require(boolean agrees, String file, String stream, boolean planned) {
    if (!agrees) {
      faults.add(
          file,
          0,
          "stream",
          planned ? "nothing of stream " + stream : "stream " + stream + ", which has no route",
          planned ? "write its row" : "remove its row, or write its route");
    }
  }

  private long hyperperiod(String prefix) {
    long hyperperiod = Hyperperiod.of(asked.streams()).orElse(Long.MAX_VALUE / 4);
    double frames = 0;
    for (Stream stream : asked.streams()) {
      frames += 2.0 * hyperperiod / stream.interval();
    }
    if (frames > MOST_FRAMES) {
      faults.add(
          prefix, 0, "", "periods that meet only every " + hyperperiod + " ns", "check our JSON");
    }
    return hyperperiod;
  }

  /** All queues from the lowest one on that a plan uses on a port are time-triggered. */
  private Network withQueues(Map<String, Map<String, Integer>> queues) {
    Map<String, Integer> lowest = new LinkedHashMap<>();
    queues.values().forEach(all -> all.forEach((l, queue) -> lowest.merge(l, queue, Math::min)));
    return TsnkitReading.understood(asked.network(), lowest);
  }
}
