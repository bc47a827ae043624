package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks changes of a plan that is known to be good, looking only at the streams that change and
 * the ports they touch: their reservations and queues against all others there, and a simulation of
 * each of these ports with its gate list. Keeps what it was shown; not for several threads at once.
 */
public final class LiveCheck {
  private final Network network;
  private final Links links;
  private final @Nullable PortRows[] ports;
  private final @Nullable GateList[] gates;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Known> known = new ArrayList<>();
  private final List<Integer> unused = new ArrayList<>();
  private final Map<String, Long> entries = new HashMap<>();

  /** A plan without streams. */
  public LiveCheck(Network network) {
    this.network = network;
    links = new Links(network);
    ports = new PortRows[links.count()];
    gates = new GateList[links.count()];
  }

  /** What is kept of a stream beside its rows: a network may have many. */
  private record Known(String name, int[] ports) {}

  /** Rows of a stream that were taken out of a port's table. */
  private record Taken(int port, PortRows rows) {}

  /** A stream, and where it is. */
  public record Placed(Stream stream, StreamPlan plan) {}

  /**
   * What becomes different.
   *
   * @param placed streams that are new, or elsewhere
   * @param removed names of streams that go
   * @param gates lists that are new or different; a port that sends nothing any more needs none
   */
  public record Change(List<Placed> placed, List<String> removed, List<GateList> gates) {
    public Change {
      placed = List.copyOf(placed);
      removed = List.copyOf(removed);
      gates = List.copyOf(gates);
    }
  }

  /**
   * Looks at a change, and keeps it if it is good.
   *
   * @return what is wrong; empty if the change was kept
   */
  public List<Flaw> apply(Change change) {
    return change(change, true);
  }

  /** Keeps a change without looking at it: a plan that a full check found good. */
  public void keep(Change change) {
    change(change, false);
  }

  private List<Flaw> change(Change change, boolean look) {
    List<Flaw> flaws = new ArrayList<>();
    Map<Integer, Integer> touched = new TreeMap<>();
    Map<Integer, List<Taken>> before = new LinkedHashMap<>();
    Set<String> gone = new LinkedHashSet<>(change.removed());
    change.placed().forEach(put -> gone.add(put.stream().name()));
    for (String name : gone) {
      Integer number = numbers.remove(name);
      if (number != null) {
        before.put(number, take(number, touched));
      }
    }
    // Only from here on do rows come at the end of a port's table.
    touched.replaceAll((port, from) -> rows(port).size());
    StreamSweep sweep = new StreamSweep(links, look ? flaws::add : flaw -> {});
    List<Integer> fresh = new ArrayList<>();
    for (Placed put : change.placed()) {
      int number = number(put);
      fresh.add(number);
      sweep.look(number, put.stream(), put.plan(), port -> touch(port, touched));
    }
    List<GateList> listsBefore = new ArrayList<>();
    touched.keySet().forEach(port -> silence(port, listsBefore));
    listsBefore.addAll(program(change.gates(), touched, look, flaws));
    if (look) {
      touched.forEach((port, from) -> look(port, from, flaws));
    }
    if (flaws.isEmpty()) {
      unused.addAll(before.keySet());
    } else {
      undo(fresh, before, touched.keySet());
      program(listsBefore, new TreeMap<>(), false, new ArrayList<>());
      forget(change.gates(), listsBefore);
    }
    return flaws;
  }

  private void undo(List<Integer> fresh, Map<Integer, List<Taken>> before, Set<Integer> touched) {
    for (int number : fresh) {
      numbers.remove(known.get(number).name());
      touched.forEach(port -> rows(port).remove(number));
      unused.add(number);
    }
    before.forEach(
        (number, taken) -> {
          numbers.put(known.get(number).name(), number);
          taken.forEach(one -> rows(one.port()).addAll(one.rows()));
        });
  }

  private void look(int port, int from, List<Flaw> flaws) {
    Link link = links.link(port);
    PortRows rows = rows(port);
    PortPairs.look(link, rows, from, this::name, flaws::add);
    GateList list = gates[port];
    if (list == null && rows.size() > 0) {
      flaws.add(new Flaw.NoGates(link.name()));
    } else if (rows.size() > 0) {
      new PortRun(link, rows, new GateClock(link.port(), list), links.error(port))
          .look(this::name, flaws::add);
    }
  }

  /** Puts lists in place of others, and gives those back. */
  private List<GateList> program(
      List<GateList> lists, Map<Integer, Integer> touched, boolean look, List<Flaw> flaws) {
    List<GateList> before = new ArrayList<>();
    Set<String> devices = new LinkedHashSet<>();
    for (GateList list : lists) {
      int port = links.number(list.link());
      if (port < 0) {
        flaws.add(new Flaw.BrokenGates(list.link(), "the network has no such link"));
        continue;
      }
      Link link = links.link(port);
      GateList old = gates[port];
      if (old != null) {
        before.add(old);
      }
      gates[port] = list;
      touched.putIfAbsent(port, rows(port).size());
      entries.merge(link.from(), (long) list.entries().size() - length(old), Long::sum);
      if (look) {
        GateLimits.check(list, link, network.sender(link).device(), flaws);
        if (devices.add(link.from())) {
          GateLimits.checkBridge(
              link.name(),
              network.sender(link).device(),
              entries.getOrDefault(link.from(), 0L),
              flaws);
        }
      }
    }
    return before;
  }

  /** A port that sends nothing any more has no list. */
  private void silence(int port, List<GateList> before) {
    GateList list = gates[port];
    if (list != null && rows(port).size() == 0) {
      before.add(list);
      entries.merge(links.link(port).from(), -length(list), Long::sum);
      gates[port] = null;
    }
  }

  /** Takes out lists of a change that was not good, where there was none before. */
  private void forget(List<GateList> lists, List<GateList> before) {
    Set<String> had = new LinkedHashSet<>();
    before.forEach(list -> had.add(list.link()));
    for (GateList list : lists) {
      int port = links.number(list.link());
      if (port >= 0 && !had.contains(list.link())) {
        entries.merge(links.link(port).from(), -length(gates[port]), Long::sum);
        gates[port] = null;
      }
    }
  }

  private static long length(@Nullable GateList list) {
    return list == null ? 0 : list.entries().size();
  }

  private int number(Placed put) {
    Known one =
        new Known(
            put.stream().name(),
            put.plan().trees().stream()
                .flatMap(tree -> tree.hops().stream())
                .mapToInt(hop -> links.number(hop.link()))
                .filter(port -> port >= 0)
                .distinct()
                .toArray());
    int number = unused.isEmpty() ? known.size() : unused.removeLast();
    if (number == known.size()) {
      known.add(one);
    } else {
      known.set(number, one);
    }
    numbers.put(one.name(), number);
    return number;
  }

  private List<Taken> take(int number, Map<Integer, Integer> touched) {
    List<Taken> taken = new ArrayList<>();
    for (int port : known.get(number).ports()) {
      touched.put(port, 0);
      taken.add(new Taken(port, rows(port).remove(number)));
    }
    return taken;
  }

  private PortRows touch(int port, Map<Integer, Integer> touched) {
    PortRows rows = rows(port);
    touched.putIfAbsent(port, rows.size());
    return rows;
  }

  private PortRows rows(int port) {
    PortRows rows = ports[port];
    if (rows == null) {
      rows = new PortRows();
      ports[port] = rows;
    }
    return rows;
  }

  private String name(int number) {
    return known.get(number).name();
  }
}
