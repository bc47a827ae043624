package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first checker: what the plan says, without looking at gate lists. Each stream for itself,
 * then each port over its own hyperperiod.
 */
public final class Sweep {
  private final Links links;
  private final List<Flaw> flaws = new ArrayList<>();
  private final @Nullable PortRows[] ports;

  private Sweep(Network network) {
    links = new Links(network);
    ports = new PortRows[links.count()];
  }

  /**
   * Everything that is wrong.
   *
   * @param streams those that must have a place in the plan, and no others
   */
  public static List<Flaw> check(Network network, List<Stream> streams, Plan plan) {
    return new Sweep(network).look(streams, plan);
  }

  private List<Flaw> look(List<Stream> streams, Plan plan) {
    StreamSweep sweep = new StreamSweep(links, flaws::add);
    Set<String> asked = HashSet.newHashSet(streams.size());
    for (int number = 0; number < streams.size(); number++) {
      Stream stream = streams.get(number);
      asked.add(stream.name());
      StreamPlan planned = plan.streams().get(stream.name());
      if (planned == null) {
        flaws.add(new Flaw.Missing(stream.name()));
      } else {
        sweep.look(number, stream, planned, this::rows);
      }
    }
    for (String planned : plan.streams().keySet()) {
      if (!asked.contains(planned)) {
        flaws.add(new Flaw.Unknown(planned));
      }
    }
    for (int port = 0; port < ports.length; port++) {
      PortRows rows = ports[port];
      if (rows != null) {
        new PortSweep(links.link(port), rows, number -> streams.get(number).name(), flaws::add)
            .look();
        ports[port] = null;
      }
    }
    return List.copyOf(flaws);
  }

  private PortRows rows(int port) {
    PortRows rows = ports[port];
    if (rows == null) {
      rows = new PortRows();
      ports[port] = rows;
    }
    return rows;
  }
}
