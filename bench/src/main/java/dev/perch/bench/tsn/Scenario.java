package dev.perch.bench.tsn;

import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import java.util.List;

/** A network and the streams that are asked of it. */
record Scenario(String name, Network network, List<Stream> streams) {
  Scenario {
    streams = List.copyOf(streams);
  }
}
