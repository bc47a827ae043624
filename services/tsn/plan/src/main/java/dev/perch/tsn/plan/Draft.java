package dev.perch.tsn.plan;

import dev.perch.tsn.plan.engine.Attempt;
import dev.perch.tsn.plan.engine.Demand;
import dev.perch.tsn.plan.engine.Effort;
import dev.perch.tsn.plan.engine.Engine;
import dev.perch.tsn.plan.engine.Placed;
import dev.perch.tsn.plan.engine.Topology;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine made of the streams that were asked for, before any checker has seen it: nothing
 * of it may be published. Each change can be taken back.
 */
class Draft {
  private static final int EJECTION_STEPS = 2_000;

  private final Network network;
  private final Options options;
  private final Topology topology;
  private final Map<String, Demand> demands = new LinkedHashMap<>();
  private Engine engine;

  Draft(Network network, Options options) {
    this.network = network;
    this.options = options;
    topology = new Topology(network);
    engine = new Engine(topology, options.seed());
  }

  /** See {@link Schedule#admit} and {@link Schedule#admitMoving}. */
  Step<Admission> admit(Stream stream, boolean moving) {
    check(List.of(stream));
    if (demands.containsKey(stream.name())) {
      return Step.none(new Admission.Refused(Reasons.nameTaken(stream)));
    }
    Demand demand = engine.demand(stream);
    Attempt attempt = engine.place(demand);
    if (attempt == null) {
      return settled(demand, List.of());
    }
    List<Placed> before = moving ? eject(demand) : null;
    if (before != null) {
      return settled(demand, before);
    }
    Refusal refusal = new Reasons(engine, options, List.of()).of(demand, attempt);
    engine.forget(demand);
    return Step.none(new Admission.Refused(refusal));
  }

  private @Nullable List<Placed> eject(Demand demand) {
    return engine.eject(
        demand,
        Demand::movable,
        new Effort(EJECTION_STEPS),
        System.nanoTime() + options.admissionLimit().toNanos());
  }

  /**
   * @param before where those were that were moved for it
   */
  private Step<Admission> settled(Demand demand, List<Placed> before) {
    demands.put(demand.stream().name(), demand);
    List<Demand> placed = new ArrayList<>(before.size() + 1);
    List<String> moved = new ArrayList<>(before.size());
    for (Placed one : before) {
      placed.add(one.demand());
      moved.add(one.demand().stream().name());
    }
    moved.sort(null);
    placed.add(demand);
    BitSet ports = ports(before);
    placed.forEach(one -> engine.placed(one).ports().forEach(ports::set));
    return new Step<>(
        new Admission.Accepted(stream(demand), moved),
        placed,
        List.of(),
        ports,
        () -> {
          placed.forEach(engine::remove);
          engine.restore(before);
          drop(demand);
        });
  }

  /** See {@link Schedule#admitAll}. */
  Step<List<Admission>> admitAll(List<Stream> streams) {
    check(streams);
    Map<String, Demand> asked = new LinkedHashMap<>();
    List<Stream> repeated = new ArrayList<>();
    for (Stream stream : streams) {
      if (!demands.containsKey(stream.name()) && !asked.containsKey(stream.name())) {
        asked.put(stream.name(), engine.demand(stream));
      } else {
        repeated.add(stream);
      }
    }
    long deadline = System.nanoTime() + options.limit().toNanos();
    List<Demand> left =
        engine.placeAll(List.copyOf(asked.values()), demand -> false, deadline, options.proofs());
    Map<Demand, Attempt> refused = new HashMap<>();
    for (Demand demand : left) {
      // What was tried last, among all that is settled now.
      Attempt attempt = engine.place(demand);
      if (attempt != null) {
        refused.put(demand, attempt);
      }
    }
    List<Admission> admissions = new ArrayList<>(streams.size());
    List<Demand> everybody = new ArrayList<>(demands.values());
    everybody.addAll(asked.values());
    Reasons reasons = new Reasons(engine, options, everybody);
    List<Demand> placed = new ArrayList<>(asked.size());
    asked.forEach(
        (name, demand) -> {
          Attempt attempt = refused.get(demand);
          if (attempt == null) {
            demands.put(name, demand);
            placed.add(demand);
            admissions.add(new Admission.Accepted(stream(demand), List.of()));
          } else {
            admissions.add(new Admission.Refused(reasons.of(demand, attempt)));
            engine.forget(demand);
          }
        });
    repeated.forEach(stream -> admissions.add(new Admission.Refused(Reasons.nameTaken(stream))));
    return new Step<>(
        admissions,
        placed,
        List.of(),
        ports(placed.stream().map(engine::placed).toList()),
        () -> {
          placed.forEach(engine::remove);
          placed.forEach(this::drop);
        });
  }

  /** See {@link Schedule#replan}. */
  Step<Replan> replan(List<Stream> wanted, Duration limit) {
    check(wanted);
    List<Refusal> taken = new ArrayList<>();
    List<Stream> open = new ArrayList<>();
    for (Stream stream : wanted) {
      if (demands.containsKey(stream.name())) {
        taken.add(Reasons.nameTaken(stream));
      } else {
        open.add(stream);
      }
    }
    List<Demand> old = List.copyOf(demands.values());
    Engine before = engine.empty();
    old.forEach(demand -> before.copy(demand, engine));
    Replanning replanning = new Replanning(engine, old, options.proofs());
    Map<Demand, Attempt> refused = replanning.place(open, limit);
    engine = replanning.engine();
    replanning.admitted().forEach(demand -> demands.put(demand.stream().name(), demand));
    List<Demand> everybody = new ArrayList<>(demands.values());
    everybody.addAll(refused.keySet());
    Reasons reasons = new Reasons(engine, options, everybody);
    List<Refusal> refusals = new ArrayList<>(taken);
    refused.forEach(
        (demand, attempt) -> {
          refusals.add(reasons.of(demand, attempt));
          engine.forget(demand);
        });
    List<Demand> moved = old.stream().filter(demand -> !engine.agrees(demand, before)).toList();
    List<Demand> placed = new ArrayList<>(moved);
    placed.addAll(replanning.admitted());
    BitSet ports = ports(moved.stream().map(before::placed).toList());
    ports.or(ports(placed.stream().map(engine::placed).toList()));
    return new Step<>(
        new Replan(moved.stream().map(one -> one.stream().name()).sorted().toList(), refusals),
        placed,
        List.of(),
        ports,
        () -> {
          engine = before;
          replanning.admitted().forEach(this::drop);
        });
  }

  /**
   * Puts streams where a valid plan has them.
   *
   * @return what is in the way of going on from this plan
   */
  List<Violation> restore(List<Stream> streams, Plan plan) {
    List<Demand> asked = streams.stream().map(engine::demand).toList();
    List<Violation> violations = engine.restore(asked, plan);
    asked.forEach(demand -> demands.put(demand.stream().name(), demand));
    return violations;
  }

  /** See {@link Schedule#remove}. */
  Step<Boolean> remove(String name) {
    Demand demand = demands.get(name);
    if (demand == null) {
      return Step.none(false);
    }
    Placed before = engine.placed(demand);
    engine.remove(demand);
    drop(demand);
    return new Step<>(
        true,
        List.of(),
        List.of(name),
        ports(List.of(before)),
        () -> {
          engine.restore(List.of(before));
          demands.put(name, demand);
        });
  }

  private void drop(Demand demand) {
    demands.remove(demand.stream().name());
    engine.forget(demand);
  }

  private static BitSet ports(List<Placed> streams) {
    BitSet ports = new BitSet();
    streams.forEach(one -> one.ports().forEach(ports::set));
    return ports;
  }

  /** Where a stream that has a place travels. */
  StreamPlan stream(Demand demand) {
    return engine.plan(demand);
  }

  /** Where a stream travels; empty if it has no place. */
  Optional<StreamPlan> stream(String name) {
    return Optional.ofNullable(demands.get(name)).map(this::stream);
  }

  /** The gate list of a port; null if it sends nothing. */
  @Nullable GateList gates(int link) {
    return engine.gates(link);
  }

  /**
   * The number of a link.
   *
   * @throws IllegalArgumentException if the network has no such link
   */
  int link(String name) {
    return topology.link(name);
  }

  int size() {
    return demands.size();
  }

  /** Those that have a place. */
  List<Stream> streams() {
    return demands.values().stream().map(Demand::stream).toList();
  }

  /** Everything as it is now. */
  Plan plan() {
    Map<String, StreamPlan> streams = LinkedHashMap.newLinkedHashMap(demands.size());
    demands.forEach((name, demand) -> streams.put(name, stream(demand)));
    Map<String, GateList> gates = new LinkedHashMap<>();
    for (int link = 0; link < topology.links(); link++) {
      GateList list = gates(link);
      if (list != null) {
        gates.put(list.link(), list);
      }
    }
    return new Plan(streams, gates);
  }

  double load(String link) {
    return engine.load(topology.link(link));
  }

  long frames() {
    long frames = 0;
    for (int link = 0; link < topology.links(); link++) {
      frames += engine.windows(link);
    }
    return frames;
  }

  private void check(List<Stream> streams) {
    List<Violation> violations = new ArrayList<>();
    for (Stream stream : streams) {
      violations.addAll(network.violationsOf(stream));
    }
    if (!violations.isEmpty()) {
      throw new InvalidModelException(violations);
    }
  }
}
