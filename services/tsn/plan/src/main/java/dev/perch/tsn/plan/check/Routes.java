package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the simulated network does with each frame: where it comes from, into which queues it is
 * put. A <i>step</i> is one frame of an interval on one link of one tree. Only its start at the
 * talker is something the network does; the planned starts further on are kept to be compared.
 */
final class Routes {
  final List<Link> links;

  int[] port = new int[16];
  int[] stream = new int[16];

  /** The step before; -1 at the talker, and where the plan has a gap. */
  int[] parent = new int[16];

  int[] firstChild = new int[16];
  int[] nextChild = new int[16];
  byte[] queue = new byte[16];
  boolean[] root = new boolean[16];
  long[] planned = new long[16];
  long[] onWire = new long[16];

  /** From the start on the link before until it is in this queue. */
  long[] delay = new long[16];

  /** From the start on this link until a listener has it; 0 if no listener is there. */
  long[] reception = new long[16];

  long[] interval = new long[16];
  int size;

  /** How long the slowest frame is on its way. */
  long longest;

  Routes(Network network, List<Stream> streams, Plan plan) {
    links = network.links();
    Map<String, Integer> numbers = HashMap.newHashMap(links.size());
    for (int i = 0; i < links.size(); i++) {
      numbers.put(links.get(i).name(), i);
    }
    for (int number = 0; number < streams.size(); number++) {
      StreamPlan planned = plan.streams().get(streams.get(number).name());
      if (planned != null) {
        add(number, streams.get(number), planned, numbers);
      }
    }
  }

  private void add(int number, Stream asked, StreamPlan planned, Map<String, Integer> numbers) {
    Map<Hop, Integer> sentByTalker = new HashMap<>();
    for (Tree tree : planned.trees()) {
      Map<String, Integer> at = new HashMap<>();
      for (Hop hop : tree.hops()) {
        Integer link = numbers.get(hop.link());
        if (link == null) {
          continue;
        }
        boolean first = links.get(link).from().equals(asked.talker());
        // Trees that share the talker's only link share the frame on it.
        Integer twin = first ? sentByTalker.get(hop) : null;
        int step = twin == null ? add(number, asked, hop, link, at, first) : twin;
        if (first) {
          sentByTalker.put(hop, step);
        }
        at.putIfAbsent(links.get(link).to(), step);
      }
    }
  }

  /**
   * @param at the step that brings the first frame of the interval to a node
   */
  private int add(
      int number, Stream asked, Hop hop, int linkNumber, Map<String, Integer> at, boolean first) {
    Link link = links.get(linkNumber);
    Integer before = first ? null : at.get(link.from());
    int begin = size;
    for (int frame = 0; frame < hop.starts().size(); frame++) {
      int step = next();
      port[step] = linkNumber;
      stream[step] = number;
      queue[step] = (byte) hop.queue();
      root[step] = first;
      planned[step] = hop.starts().get(frame);
      onWire[step] = link.wireTime(asked.frameBytes());
      interval[step] = asked.interval();
      reception[step] =
          asked.listeners().contains(link.to()) ? link.receptionTime(asked.frameBytes()) : 0;
      longest = Math.max(longest, hop.starts().get(frame) + onWire[step] + link.propagation());
      if (before != null) {
        int from = before + frame;
        parent[step] = from;
        delay[step] = links.get(port[from]).forwardingDelay(asked.frameBytes(), link);
        nextChild[step] = firstChild[from];
        firstChild[from] = step;
      }
    }
    return begin;
  }

  private int next() {
    if (size == port.length) {
      int room = size * 2;
      port = Arrays.copyOf(port, room);
      stream = Arrays.copyOf(stream, room);
      parent = Arrays.copyOf(parent, room);
      firstChild = Arrays.copyOf(firstChild, room);
      nextChild = Arrays.copyOf(nextChild, room);
      queue = Arrays.copyOf(queue, room);
      root = Arrays.copyOf(root, room);
      planned = Arrays.copyOf(planned, room);
      onWire = Arrays.copyOf(onWire, room);
      delay = Arrays.copyOf(delay, room);
      reception = Arrays.copyOf(reception, room);
      interval = Arrays.copyOf(interval, room);
    }
    parent[size] = -1;
    firstChild[size] = -1;
    nextChild[size] = -1;
    return size++;
  }
}
