package dev.perch.tsn.plan;

import dev.perch.tsn.plan.engine.Attempt;
import dev.perch.tsn.plan.engine.Demand;
import dev.perch.tsn.plan.engine.Effort;
import dev.perch.tsn.plan.engine.Engine;
import dev.perch.tsn.plan.engine.Explainer;
import dev.perch.tsn.plan.engine.Prover;
import dev.perch.tsn.plan.engine.Relaxer;
import dev.perch.tsn.plan.engine.Topology;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The streams of one network, admitted one by one or many at once.
 *
 * <p>A stream that has a place keeps it: {@link #admit(Stream)}, {@link #remove} and {@link
 * #tryAdmit} change no other stream's offset, route or queue. Only what says so moves streams, and
 * only those that are {@linkplain Stream#movable movable}.
 *
 * <p>Not thread-safe: one thread at a time may use it.
 */
public final class Schedule {
  private static final int EJECTION_STEPS = 2_000;

  /** In a re-plan single moves should be easy: what is hard waits for the plan from scratch. */
  private static final int REPLAN_STEPS = 40;

  private final Network network;
  private final Options options;
  private final Topology topology;
  private final Map<String, Demand> demands = new LinkedHashMap<>();
  private Engine engine;

  private Schedule(Network network, Options options) {
    this.network = network;
    this.options = options;
    topology = new Topology(network);
    engine = new Engine(topology, options.seed());
  }

  /** A network without streams. */
  public static Schedule of(Network network, Options options) {
    return new Schedule(network, options);
  }

  /**
   * Admits a stream among those that are there, and moves none of them.
   *
   * @throws InvalidModelException if it does not fit the network: unknown nodes or links
   */
  public Admission admit(Stream stream) {
    return admit(stream, false);
  }

  /**
   * Admits a stream, if need be by moving movable ones. The answer names those that were moved.
   *
   * @throws InvalidModelException if it does not fit the network
   */
  public Admission admitMoving(Stream stream) {
    return admit(stream, true);
  }

  /**
   * What {@link #admit(Stream)} would answer; changes nothing.
   *
   * @throws InvalidModelException if it does not fit the network
   */
  public Admission tryAdmit(Stream stream) {
    Admission admission = admit(stream);
    if (admission instanceof Admission.Accepted) {
      remove(stream.name());
    }
    return admission;
  }

  /**
   * Admits many streams at once; moves them among each other while it looks for places, but none of
   * those that were there before. The answers are in the order of the streams, those for names that
   * are taken at the end.
   *
   * @throws InvalidModelException with everything that does not fit the network
   */
  public List<Admission> admitAll(List<Stream> streams) {
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
    List<Demand> left =
        engine.placeAll(List.copyOf(asked.values()), demand -> false, deadline(options.limit()));
    Map<String, Attempt> refused = new HashMap<>();
    for (Demand demand : left) {
      // What was tried last, among all that is settled now.
      Attempt attempt = engine.place(demand);
      if (attempt != null) {
        refused.put(demand.stream().name(), attempt);
      }
    }
    List<Admission> admissions = new ArrayList<>(streams.size());
    long patience = deadline(options.admissionLimit());
    List<Demand> everybody = new ArrayList<>(demands.values());
    everybody.addAll(asked.values());
    double[] needed = engine.needed(everybody);
    asked.forEach(
        (name, demand) -> {
          Attempt attempt = refused.get(name);
          if (attempt == null) {
            demands.put(name, demand);
            admissions.add(new Admission.Accepted(engine.plan(demand), List.of()));
          } else {
            admissions.add(new Admission.Refused(refuse(demand, attempt, needed, patience)));
            engine.forget(demand);
          }
        });
    repeated.forEach(stream -> admissions.add(new Admission.Refused(nameTaken(stream))));
    return admissions;
  }

  /**
   * Plans anew what may be moved, together with streams that had no place. Streams that stay where
   * they are stay as long as possible: first single streams are moved for those without a place,
   * and only if that does not help all movable streams are planned from scratch. That plan is
   * adopted only if it has more streams.
   *
   * @param wanted streams without a place
   * @throws InvalidModelException with everything that does not fit the network
   */
  public Replan replan(List<Stream> wanted, Duration limit) {
    check(wanted);
    long halfTime = deadline(limit.dividedBy(2));
    long deadline = deadline(limit);
    Engine before = snapshot();
    Set<Demand> old = new HashSet<>(demands.values());
    Map<Demand, Attempt> refused = new LinkedHashMap<>();
    List<Refusal> taken = new ArrayList<>();
    for (Stream stream : wanted) {
      if (demands.containsKey(stream.name())) {
        taken.add(nameTaken(stream));
        continue;
      }
      Demand demand = engine.demand(stream);
      Attempt attempt = engine.place(demand);
      if (attempt != null
          && engine.eject(demand, Schedule::isMovable, new Effort(REPLAN_STEPS), halfTime)
              == null) {
        refused.put(demand, attempt);
      } else {
        demands.put(stream.name(), demand);
      }
    }
    if (!refused.isEmpty() && System.nanoTime() - deadline < 0) {
      fromScratch(refused, deadline);
    }
    List<Refusal> refusals = new ArrayList<>(taken);
    long patience = deadline(options.admissionLimit());
    List<Demand> everybody = new ArrayList<>(demands.values());
    everybody.addAll(refused.keySet());
    double[] needed = engine.needed(everybody);
    refused.forEach(
        (demand, attempt) -> {
          refusals.add(refuse(demand, attempt, needed, patience));
          engine.forget(demand);
        });
    List<String> moved = new ArrayList<>();
    for (Demand demand : old) {
      if (!engine.agrees(demand, before)) {
        moved.add(demand.stream().name());
      }
    }
    moved.sort(null);
    return new Replan(moved, refusals);
  }

  /** A copy of where everything is. */
  private Engine snapshot() {
    Engine copy = engine.empty();
    demands.values().forEach(demand -> copy.copy(demand, engine));
    return copy;
  }

  private void fromScratch(Map<Demand, Attempt> refused, long deadline) {
    Engine fresh = engine.empty();
    List<Demand> asked = new ArrayList<>(refused.keySet());
    for (Demand demand : demands.values()) {
      if (isMovable(demand)) {
        asked.add(demand);
      } else {
        fresh.copy(demand, engine);
      }
    }
    List<Demand> left = fresh.placeAll(asked, demand -> false, deadline);
    if (left.size() >= refused.size() || left.stream().anyMatch(demands::containsValue)) {
      return;
    }
    engine = fresh;
    for (Demand demand : asked) {
      if (engine.has(demand)) {
        refused.remove(demand);
        demands.put(demand.stream().name(), demand);
      }
    }
  }

  /** Whether there was such a stream. No other stream changes. */
  public boolean remove(String name) {
    Demand demand = demands.remove(name);
    if (demand == null) {
      return false;
    }
    engine.remove(demand);
    engine.forget(demand);
    return true;
  }

  /** Where a stream travels; empty if it has no place. */
  public Optional<StreamPlan> stream(String name) {
    return Optional.ofNullable(demands.get(name)).map(engine::plan);
  }

  /** How many streams have a place. */
  public int size() {
    return demands.size();
  }

  /**
   * The gate list of a link's port; empty if it sends nothing.
   *
   * @throws IllegalArgumentException if the network has no such link
   */
  public Optional<GateList> gates(String link) {
    return Optional.ofNullable(engine.gates(topology.link(link)));
  }

  /** Everything as it is now. */
  public Plan plan() {
    Map<String, StreamPlan> streams = LinkedHashMap.newLinkedHashMap(demands.size());
    demands.forEach((name, demand) -> streams.put(name, engine.plan(demand)));
    Map<String, GateList> gates = new LinkedHashMap<>();
    for (int link = 0; link < topology.links(); link++) {
      GateList list = engine.gates(link);
      if (list != null) {
        gates.put(list.link(), list);
      }
    }
    return new Plan(streams, gates);
  }

  /** How much of a link is reserved, 0 to 1. */
  public double load(String link) {
    return engine.load(topology.link(link));
  }

  /** Frames that all ports send in their cycles: without merging each would have its own window. */
  public long frames() {
    long frames = 0;
    for (int link = 0; link < topology.links(); link++) {
      frames += engine.windows(link);
    }
    return frames;
  }

  private Admission admit(Stream stream, boolean moving) {
    check(List.of(stream));
    if (demands.containsKey(stream.name())) {
      return new Admission.Refused(nameTaken(stream));
    }
    Demand demand = engine.demand(stream);
    Attempt attempt = engine.place(demand);
    List<String> moved = List.of();
    if (attempt != null) {
      Set<Integer> ids =
          moving
              ? engine.eject(
                  demand,
                  Schedule::isMovable,
                  new Effort(EJECTION_STEPS),
                  deadline(options.admissionLimit()))
              : null;
      if (ids == null) {
        Refusal refusal =
            refuse(
                demand, attempt, new double[topology.links()], deadline(options.admissionLimit()));
        engine.forget(demand);
        return new Admission.Refused(refusal);
      }
      moved =
          demands.values().stream()
              .filter(one -> ids.contains(one.id()))
              .map(one -> one.stream().name())
              .toList();
    }
    demands.put(stream.name(), demand);
    return new Admission.Accepted(engine.plan(demand), moved);
  }

  /**
   * @param needed how much of each link all streams need
   * @param patience {@link System#nanoTime} until which relaxations are looked for
   */
  private Refusal refuse(Demand demand, Attempt attempt, double[] needed, long patience) {
    List<Relaxation> relaxations =
        options.relaxations() && System.nanoTime() - patience < 0
            ? new Relaxer(engine).relax(demand.stream(), patience)
            : List.of();
    Explainer explainer = new Explainer(engine);
    Refusal overbooked = explainer.overbooked(demand, needed, relaxations);
    if (overbooked != null) {
      return overbooked;
    }
    Refusal refusal = explainer.explain(demand, attempt, relaxations);
    boolean open = refusal.proof() != Refusal.Proof.NECESSARY_CONDITION;
    return options.proofs() && open ? new Prover(engine).prove(demand, refusal, patience) : refusal;
  }

  private static Refusal nameTaken(Stream stream) {
    return new Refusal(
        stream.name(),
        FailureCode.STREAM_ID_IN_USE,
        null,
        List.of(stream.name()),
        Refusal.Proof.NECESSARY_CONDITION,
        "there is a stream of this name",
        List.of());
  }

  private void check(List<Stream> streams) {
    List<Violation> violations =
        streams.stream().flatMap(stream -> network.violationsOf(stream).stream()).toList();
    if (!violations.isEmpty()) {
      throw new InvalidModelException(violations);
    }
  }

  private static boolean isMovable(Demand demand) {
    return demand.stream().movable();
  }

  private static long deadline(Duration limit) {
    return System.nanoTime() + limit.toNanos();
  }
}
