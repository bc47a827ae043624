package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.proof.Claim;
import dev.perch.tsn.plan.proof.LinkProof;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks CP-SAT whether a refused stream and those on a link that it cannot avoid contradict. */
public final class Prover {
  private final Engine engine;
  private final Topology topology;

  public Prover(Engine engine) {
    this.engine = engine;
    this.topology = engine.topology();
  }

  /**
   * The refusal with the minimal set of streams in the way, if a proof is found; otherwise the
   * refusal itself. Only streams that cannot avoid the link either take part, so the proof holds
   * for every schedule.
   *
   * @param deadline {@link System#nanoTime} at which it gives up
   */
  public Refusal prove(Demand demand, Refusal refusal, long deadline) {
    for (int link : topology.unavoidable(demand)) {
      List<Claim> claims = new ArrayList<>();
      claims.add(claim(demand, link));
      for (Demand other : beside(link)) {
        claims.add(claim(other, link));
      }
      List<String> contradiction = new LinkProof(deadline).contradiction(claims);
      if (contradiction.contains(demand.stream.name())) {
        return proved(demand, refusal, link, contradiction);
      }
    }
    return refusal;
  }

  private Refusal proved(Demand demand, Refusal refusal, int link, List<String> contradiction) {
    String name = topology.link(link).name();
    return new Refusal(
        refusal.stream(),
        refusal.code(),
        name,
        contradiction.stream().filter(one -> !one.equals(demand.stream.name())).toList(),
        Refusal.Proof.SOLVER,
        "no schedule has all %d of these streams on %s".formatted(contradiction.size(), name),
        refusal.relaxations());
  }

  private Set<Demand> beside(int link) {
    Set<Demand> others = new LinkedHashSet<>();
    for (int owner : engine.occupancy().calendar(link).owners()) {
      Demand other = engine.placements().of(owner).demand();
      if (other.trees() == 1 && topology.isOnlyLink(link)) {
        others.add(other);
      }
    }
    return others;
  }

  /** What the first frame of a burst needs: the least that any schedule has to give. */
  private Claim claim(Demand demand, int link) {
    int wire = (int) topology.link(link).wireTime(demand.frameBytes);
    boolean talks = topology.from[link] == demand.talker;
    return new Claim(
        demand.stream.name(),
        demand.period,
        wire,
        talks ? demand.earliest : 0,
        talks ? demand.latest : demand.period - 1);
  }
}
