package dev.perch.tsn.plan.picture;

import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws a plan: {@code port-….svg} for each port that sends, {@code stream-….svg} for each stream.
 */
public final class Pictures {
  private final Network network;
  private final List<Stream> streams;
  private final Plan plan;
  private final Set<String> names = new HashSet<>();

  public Pictures(Network network, List<Stream> streams, Plan plan) {
    this.network = network;
    this.streams = List.copyOf(streams);
    this.plan = plan;
  }

  /**
   * Writes all pictures into a folder, which is made if it is not there.
   *
   * @return how many
   */
  public int write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Timetable timetable = new Timetable(network, streams, plan);
    for (String name : timetable.links()) {
      Link link = network.link(name).orElse(null);
      GateList gates = plan.gates().get(name);
      if (link != null && gates != null) {
        new PortPicture(link, gates, timetable.of(name)).write(folder.resolve(file("port", name)));
      }
    }
    for (Stream stream : streams) {
      if (plan.streams().containsKey(stream.name())) {
        new StreamPicture(network, plan, timetable, stream)
            .write(folder.resolve(file("stream", stream.name())));
      }
    }
    return names.size();
  }

  /** Names may hold anything; files are called after what is harmless in them. */
  private String file(String kind, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.]+", "-").replaceAll("^-|-$", "");
    String file = kind + "-" + plain;
    for (int number = 2; !names.add(file.toLowerCase(Locale.ROOT)); number++) {
      file = kind + "-" + plain + "-" + number;
    }
    return file + ".svg";
  }
}
