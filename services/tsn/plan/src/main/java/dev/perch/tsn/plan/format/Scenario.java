package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import java.util.List;

/** What is to be planned: a network, and the streams that are asked for, in their order. */
public record Scenario(Network network, List<Stream> streams) {
  public Scenario {
    streams = List.copyOf(streams);
  }
}
