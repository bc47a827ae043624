package dev.perch.tsn.plan.check;

import static dev.perch.tsn.plan.check.Corruption.Finder.BOTH;
import static dev.perch.tsn.plan.check.Corruption.Finder.SIMULATION;
import static dev.perch.tsn.plan.check.Corruption.Finder.SWEEP;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Each kind of damage that a good plan can take, and which checker is to see it. Gate lists stay as
 * they were compiled for the good plan, unless they are what is damaged.
 */
public enum Corruption {
  TALKER_STARTS_LATER(BOTH, Flaw.TooEarly.class) {
    @Override
    public Case damage(Case good) {
      return good.hop("single", 0, 0, hop -> shifted(hop, 20_000));
    }
  },
  TALKER_STARTS_BEFORE_ITS_EARLIEST_OFFSET(SWEEP, Flaw.OutsideOffsets.class) {
    @Override
    public Case damage(Case good) {
      return good.stream("waits", stream -> stream.but().earliestOffset(200_000).build());
    }
  },
  TALKER_STARTS_AFTER_ITS_LATEST_OFFSET(SWEEP, Flaw.OutsideOffsets.class) {
    @Override
    public Case damage(Case good) {
      return good.stream("many", stream -> stream.but().latestOffset(10_000L).build());
    }
  },
  WHOLE_STREAM_MOVED_WITHOUT_ITS_GATES(SIMULATION, Flaw.Strayed.class) {
    @Override
    public Case damage(Case good) {
      return good.tree("single", 0, tree -> mapped(tree, hop -> shifted(hop, 3_000)));
    }
  },
  FRAME_SENT_ON_BEFORE_IT_IS_THERE(BOTH, Flaw.TooEarly.class) {
    @Override
    public Case damage(Case good) {
      return good.hop("single", 0, 2, hop -> shifted(hop, -1_000));
    }
  },
  TWO_FRAMES_AT_ONE_TIME(BOTH, Flaw.Collision.class) {
    @Override
    public Case damage(Case good) {
      return good.tree("burst", 0, tree -> mapped(tree, hop -> shifted(hop, -120_000)));
    }
  },
  FRAMES_OF_A_BURST_TOO_CLOSE(BOTH, Flaw.Collision.class) {
    @Override
    public Case damage(Case good) {
      return good.hop("burst", 0, 0, hop -> starts(hop, 120_000, 121_000, 130_000));
    }
  },
  ONE_FRAME_OVERTAKES_ANOTHER_IN_ITS_QUEUE(BOTH, Flaw.Overtaking.class) {
    @Override
    public Case damage(Case good) {
      // Comes to x while "waits" is there, and leaves before it, from the same queue.
      return good.added(
          Stream.of("hasty", "a", List.of("c"), 1_000_000, 100),
          good.cell().tree(6, 190_000, 100, 1, Cell.A_C),
          true);
    }
  },
  QUEUE_OF_OTHER_TRAFFIC(BOTH, Flaw.WrongQueue.class) {
    @Override
    public Case damage(Case good) {
      return good.hop("many", 0, 1, hop -> new Hop(hop.link(), 0, hop.starts()));
    }
  },
  QUEUE_WHOSE_GATE_DOES_NOT_OPEN(SIMULATION, Flaw.Lost.class) {
    @Override
    public Case damage(Case good) {
      return good.hop("many", 0, 1, hop -> new Hop(hop.link(), 6, hop.starts()));
    }
  },
  WINDOW_TOO_SHORT(SIMULATION, Flaw.Strayed.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("y-d", entries -> moved(entries, firstOpen(entries, 7), -1));
    }
  },
  WINDOW_OPENS_LATE(SIMULATION, Flaw.Strayed.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("a-x", entries -> moved(entries, firstOpen(entries, 7) - 1, 500));
    }
  },
  WINDOW_OPENS_EARLY_FOR_A_FRAME_THAT_WAITS(SIMULATION, Flaw.Strayed.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("x-y", entries -> moved(entries, firstOpen(entries, 6) - 1, -5_000));
    }
  },
  WINDOW_REMOVED(SIMULATION, Flaw.Lost.class) {
    @Override
    public Case damage(Case good) {
      return good.gates(
          "z-y",
          entries ->
              entries.stream()
                  .map(
                      entry ->
                          new GateEntry(entry.operation(), entry.gates() & 0x3f, entry.interval()))
                  .toList());
    }
  },
  WINDOWS_IN_ANOTHER_ORDER(SIMULATION, Flaw.Lost.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("x-y", List::reversed);
    }
  },
  GUARD_BAND_LEFT_OUT(SIMULATION, Flaw.Strayed.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("a-x", entries -> moved(entries, firstOpen(entries, 7) - 2, 100));
    }
  },
  LIST_TOO_LONG(SIMULATION, Flaw.GateLimit.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("a-x", entries -> split(entries, 64));
    }
  },
  ENTRY_TOO_SHORT_FOR_THE_DEVICE(SIMULATION, Flaw.GateLimit.class) {
    @Override
    public Case damage(Case good) {
      return good.gates("y-d", entries -> shaved(entries, 34));
    }
  },
  GATE_CYCLE_OF_ANOTHER_LENGTH(SIMULATION, Flaw.Strayed.class) {
    @Override
    public Case damage(Case good) {
      return good.gates(
          "y-d",
          entries -> {
            List<GateEntry> longer = new ArrayList<>(entries);
            longer.add(new GateEntry(GateEntry.Operation.SET_GATE_STATES, 0x3f, 250_000));
            return longer;
          });
    }
  },
  NO_GATE_LIST(SIMULATION, Flaw.NoGates.class) {
    @Override
    public Case damage(Case good) {
      Map<String, GateList> lists = new LinkedHashMap<>(good.plan().gates());
      lists.remove("x-z");
      return good.with(new Plan(good.plan().streams(), lists));
    }
  },
  FRAME_MISSING(SWEEP, Flaw.FrameCount.class) {
    @Override
    public Case damage(Case good) {
      return good.tree(
          "burst",
          0,
          tree -> mapped(tree, hop -> new Hop(hop.link(), 7, hop.starts().subList(0, 2))));
    }
  },
  STREAM_MISSING(SWEEP, Flaw.Missing.class) {
    @Override
    public Case damage(Case good) {
      Map<String, StreamPlan> plans = new LinkedHashMap<>(good.plan().streams());
      plans.remove("many");
      return good.with(new Plan(plans, good.plan().gates()));
    }
  },
  STREAM_NOBODY_ASKED_FOR(SWEEP, Flaw.Unknown.class) {
    @Override
    public Case damage(Case good) {
      return new Case(
          good.cell(),
          good.streams().stream().filter(stream -> !stream.name().equals("waits")).toList(),
          good.plan());
    }
  },
  LINK_LEFT_OUT(BOTH, Flaw.BrokenTree.class) {
    @Override
    public Case damage(Case good) {
      return good.tree(
          "single", 0, tree -> new Tree(List.of(tree.hops().get(0), tree.hops().get(2))));
    }
  },
  LISTENER_LEFT_OUT(SWEEP, Flaw.BrokenTree.class) {
    @Override
    public Case damage(Case good) {
      return good.tree("many", 0, tree -> new Tree(tree.hops().subList(0, 3)));
    }
  },
  LINK_FOR_NOBODY(SWEEP, Flaw.BrokenTree.class) {
    @Override
    public Case damage(Case good) {
      return good.stream(
          "many",
          stream -> Stream.of("many", "b", List.of("d"), stream.interval(), stream.frameBytes()));
    }
  },
  LINK_THE_NETWORK_DOES_NOT_HAVE(SWEEP, Flaw.BrokenTree.class) {
    @Override
    public Case damage(Case good) {
      return good.hop("single", 0, 2, hop -> new Hop("y-e", hop.queue(), hop.starts()));
    }
  },
  WAY_THROUGH_AN_END_STATION(BOTH, Flaw.BrokenTree.class) {
    @Override
    public Case damage(Case good) {
      return good.tree(
          "single",
          0,
          tree -> {
            List<Hop> hops = new ArrayList<>(tree.hops());
            hops.add(new Hop("c-y", 7, List.of(500_000L)));
            hops.add(new Hop("y-d", 7, List.of(520_000L)));
            return new Tree(hops);
          });
    }
  },
  SEAMLESS_TREES_THAT_SHARE_A_LINK(BOTH, Flaw.SharedLink.class) {
    @Override
    public Case damage(Case good) {
      return good.tree("seamless", 1, tree -> good.planOf("seamless").trees().getFirst());
    }
  },
  ONE_SEAMLESS_TREE_ONLY(SWEEP, Flaw.BrokenTree.class) {
    @Override
    public Case damage(Case good) {
      Map<String, StreamPlan> plans = new LinkedHashMap<>(good.plan().streams());
      plans.computeIfPresent(
          "seamless", (name, plan) -> new StreamPlan(name, plan.trees().subList(0, 1)));
      return good.with(new Plan(plans, good.plan().gates()));
    }
  },
  LATER_THAN_ITS_BOUND(BOTH, Flaw.TooLate.class) {
    @Override
    public Case damage(Case good) {
      return good.stream("many", stream -> stream.but().maxLatency(20_000L).build());
    }
  };

  /** Who is to see it. */
  enum Finder {
    SWEEP,
    SIMULATION,
    BOTH
  }

  private final Finder finder;
  private final Class<? extends Flaw> flaw;

  Corruption(Finder finder, Class<? extends Flaw> flaw) {
    this.finder = finder;
    this.flaw = flaw;
  }

  public abstract Case damage(Case good);

  Finder finder() {
    return finder;
  }

  Class<? extends Flaw> flaw() {
    return flaw;
  }

  /** What the checkers get. */
  public record Case(Cell cell, List<Stream> streams, Plan plan) {
    /** Without any damage. */
    public static Case good() {
      Cell cell = Cell.full(0, DeviceProfile.FELIX);
      return new Case(cell, cell.streams, cell.plan());
    }

    public Network network() {
      return cell.network;
    }

    StreamPlan planOf(String stream) {
      return Objects.requireNonNull(plan.streams().get(stream));
    }

    Case with(Plan plan) {
      return new Case(cell, streams, plan);
    }

    Case stream(String name, UnaryOperator<Stream> damage) {
      return new Case(
          cell,
          streams.stream().map(s -> s.name().equals(name) ? damage.apply(s) : s).toList(),
          plan);
    }

    Case tree(String name, int number, UnaryOperator<Tree> damage) {
      Map<String, StreamPlan> plans = new LinkedHashMap<>(plan.streams());
      List<Tree> trees = new ArrayList<>(planOf(name).trees());
      trees.set(number, damage.apply(trees.get(number)));
      plans.put(name, new StreamPlan(name, trees));
      return with(new Plan(plans, plan.gates()));
    }

    Case hop(String name, int tree, int number, UnaryOperator<Hop> damage) {
      return tree(
          name,
          tree,
          whole -> {
            List<Hop> hops = new ArrayList<>(whole.hops());
            hops.set(number, damage.apply(hops.get(number)));
            return new Tree(hops);
          });
    }

    Case added(Stream stream, Tree tree, boolean newGates) {
      List<Stream> all = new ArrayList<>(streams);
      all.add(stream);
      Map<String, StreamPlan> plans = new LinkedHashMap<>(plan.streams());
      plans.put(stream.name(), new StreamPlan(stream.name(), List.of(tree)));
      Map<String, GateList> gates = newGates ? ExactGates.of(network(), all, plans) : plan.gates();
      return new Case(cell, all, new Plan(plans, gates));
    }

    Case gates(String link, UnaryOperator<List<GateEntry>> damage) {
      Map<String, GateList> lists = new LinkedHashMap<>(plan.gates());
      List<GateEntry> entries = damage.apply(Objects.requireNonNull(lists.get(link)).entries());
      long cycle = entries.stream().mapToLong(GateEntry::interval).sum();
      lists.put(link, new GateList(link, 0, cycle, entries));
      return with(new Plan(plan.streams(), lists));
    }
  }

  private static Hop shifted(Hop hop, long by) {
    return new Hop(hop.link(), hop.queue(), hop.starts().stream().map(s -> s + by).toList());
  }

  private static Hop starts(Hop hop, Long... starts) {
    return new Hop(hop.link(), hop.queue(), List.of(starts));
  }

  private static Hop starts(Hop hop, int first, int second, int third) {
    return starts(hop, (long) first, (long) second, (long) third);
  }

  private static Tree mapped(Tree tree, UnaryOperator<Hop> each) {
    return new Tree(tree.hops().stream().map(each).toList());
  }

  /** The first entry, not the very first of the list, that opens the gate of a queue. */
  private static int firstOpen(List<GateEntry> entries, int queue) {
    int at = 2;
    while (!entries.get(at).isOpen(queue)) {
      at++;
    }
    return at;
  }

  /** Moves the end of an entry, and the begin of the next. */
  private static List<GateEntry> moved(List<GateEntry> entries, int at, long by) {
    List<GateEntry> moved = new ArrayList<>(entries);
    GateEntry one = moved.get(at);
    GateEntry next = moved.get(at + 1);
    moved.set(at, new GateEntry(one.operation(), one.gates(), one.interval() + by));
    moved.set(at + 1, new GateEntry(next.operation(), next.gates(), next.interval() - by));
    return moved;
  }

  /** The same gates in many entries. */
  private static List<GateEntry> split(List<GateEntry> entries, int pieces) {
    List<GateEntry> many = new ArrayList<>(entries);
    GateEntry last = many.removeLast();
    for (int i = 1; i < pieces; i++) {
      many.add(new GateEntry(last.operation(), last.gates(), 100));
    }
    long rest = last.interval() - 100L * (pieces - 1);
    many.add(new GateEntry(last.operation(), last.gates(), rest));
    return many;
  }

  private static List<GateEntry> shaved(List<GateEntry> entries, long sliver) {
    List<GateEntry> many = new ArrayList<>(entries);
    GateEntry last = many.removeLast();
    many.add(new GateEntry(last.operation(), last.gates(), last.interval() - sliver));
    many.add(new GateEntry(last.operation(), last.gates(), sliver));
    return many;
  }
}
