package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.format.CsvTable.Row;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Stream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads tsnkit's task and topology. Nodes that are an end of a stream are end stations, all others
 * bridges. Sizes are taken as they are, of the frame with its header; above 1,500 bytes it is one
 * long frame, as in the benchmark.
 */
public final class TsnkitReader {
  private static final List<String> TASK =
      List.of("stream", "src", "dst", "size", "period", "deadline", "jitter");
  private static final List<String> TOPOLOGY = List.of("link", "q_num", "rate", "t_proc", "t_prop");

  private final Faults faults = new Faults();

  /**
   * Reads both files.
   *
   * @throws BadInputException with everything that is wrong with them, also if one cannot be read
   */
  public Scenario read(Path task, Path topology) throws BadInputException {
    CsvTable tasks = new CsvTable(task.toString(), faults);
    CsvTable links = new CsvTable(topology.toString(), faults);
    List<Row> taskRows = tasks.read(task, TASK);
    List<Row> linkRows = links.read(topology, TOPOLOGY);
    List<Stream> streams = streams(task.toString(), taskRows);
    Set<String> ends = new LinkedHashSet<>();
    streams.forEach(
        stream -> {
          ends.add(stream.talker());
          ends.addAll(stream.listeners());
        });
    Network network = network(topology.toString(), linkRows, ends);
    if (linkRows.isEmpty() && !streams.isEmpty()) {
      faults.add(topology.toString(), 0, "link", "no links", "write a row for each");
    } else {
      judge(task.toString(), taskRows, streams, network);
    }
    faults.raise();
    return new Scenario(network, streams);
  }

  private List<Stream> streams(String file, List<Row> rows) {
    List<Stream> streams = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Row row : rows) {
      int before = faults.count();
      String name = row.text("stream");
      if (!names.add(name)) {
        row.fault("stream", name, "name each stream once");
      }
      String talker = row.text("src");
      List<String> listeners = row.numbers("dst");
      long bytes = row.integer("size", 1);
      long interval = row.integer("period", 1);
      long deadline = row.integer("deadline", 1);
      long jitter = row.integer("jitter", 0);
      if (bytes > 65_535) {
        row.fault("size", Long.toString(bytes), "write at most 65535");
      }
      if (faults.count() > before) {
        continue;
      }
      Stream stream =
          faults.make(
              file,
              row.line(),
              () ->
                  Stream.of(name, talker, listeners, interval, (int) bytes)
                      .but()
                      .maxLatency(deadline)
                      .maxJitter(jitter)
                      .build());
      if (stream != null) {
        streams.add(stream);
      }
    }
    return streams;
  }

  private Network network(String file, List<Row> rows, Set<String> ends) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Map<String, Link> links = new LinkedHashMap<>();
    for (Row row : rows) {
      List<String> pair = row.numbers("link");
      if (pair.size() != 2) {
        row.fault("link", row.text("link"), "write a pair: \"(0, 1)\"");
        continue;
      }
      for (String name : pair) {
        nodes.computeIfAbsent(name, n -> ends.contains(n) ? new EndStation(n) : new Bridge(n));
      }
      long rate = Math.round(row.decimal("rate") * 1000);
      long queues = row.integer("q_num", 1);
      long processing = row.integer("t_proc", 0);
      long propagation = row.integer("t_prop", 0);
      String name = TsnkitWriter.name(pair.get(0), pair.get(1));
      Link link =
          faults.make(
              file,
              row.line(),
              () ->
                  new Link(
                      name,
                      pair.get(0),
                      pair.get(1),
                      rate,
                      propagation,
                      processing,
                      0,
                      Ports.of(queues, Math.max(1, rate))));
      if (link != null && links.putIfAbsent(name, link) != null) {
        row.fault("link", name, "name each link once");
      }
    }
    return new Network(List.copyOf(nodes.values()), List.copyOf(links.values()));
  }

  private void judge(String file, List<Row> rows, List<Stream> streams, Network network) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    rows.forEach(row -> lines.putIfAbsent(row.text("stream"), row.line()));
    for (Stream stream : streams) {
      network
          .violationsOf(stream)
          .forEach(
              violation ->
                  faults.add(
                      file,
                      lines.getOrDefault(stream.name(), 0),
                      violation.field().endsWith("talker") ? "src" : "dst",
                      violation.found(),
                      "name a node of the topology"));
    }
  }
}
