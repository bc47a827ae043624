package dev.perch.tsn.plan.engine;

import static dev.perch.tsn.plan.model.FailureCode.FEATURE_NOT_SUPPORTED;
import static dev.perch.tsn.plan.model.FailureCode.INSUFFICIENT_BANDWIDTH;
import static dev.perch.tsn.plan.model.FailureCode.INSUFFICIENT_BANDWIDTH_FOR_TRAFFIC_CLASS;
import static dev.perch.tsn.plan.model.FailureCode.INSUFFICIENT_BRIDGE_RESOURCES;
import static dev.perch.tsn.plan.model.FailureCode.MAX_FRAME_SIZE_TOO_LARGE;
import static dev.perch.tsn.plan.model.FailureCode.MAX_LATENCY_EXCEEDED;
import static dev.perch.tsn.plan.model.Refusal.Proof.EXHAUSTED;
import static dev.perch.tsn.plan.model.Refusal.Proof.NECESSARY_CONDITION;
import static dev.perch.tsn.plan.model.Refusal.Proof.NOT_FOUND;

import dev.perch.tsn.plan.gate.Uncompilable;
import dev.perch.tsn.plan.model.FailureCode;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Refusal.Proof;
import dev.perch.tsn.plan.model.Relaxation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says why a stream was refused. */
public final class Explainer {
  /** How many of the streams in the way are named. */
  private static final int NAMES = 16;

  private final Engine engine;
  private final Topology topology;

  public Explainer(Engine engine) {
    this.engine = engine;
    this.topology = engine.topology();
  }

  /**
   * @param attempt what {@link Engine#place} answered, with nothing placed or removed since
   * @param relaxations what was found to be accepted
   */
  public Refusal explain(Demand demand, Attempt attempt, List<Relaxation> relaxations) {
    if (attempt.misfit != null) {
      return misfit(demand, attempt.misfit, relaxations);
    }
    if (attempt.full >= 0) {
      return full(demand, attempt.full, relaxations);
    }
    if (attempt.unreachable) {
      return unreachable(demand, attempt, relaxations);
    }
    if (attempt.tooLong != null) {
      return refusal(
          demand,
          MAX_FRAME_SIZE_TOO_LARGE,
          null,
          List.of(),
          NOT_FOUND,
          "a burst takes longer than the interval of %,d ns".formatted(demand.period),
          relaxations);
    }
    if (!attempt.layouts.isEmpty()) {
      return blocked(demand, attempt, relaxations);
    }
    Layout slow = attempt.tooSlow;
    return slow == null
        ? refusal(
            demand, FEATURE_NOT_SUPPORTED, null, List.of(), NOT_FOUND, "no route", relaxations)
        : tooSlow(demand, slow, relaxations);
  }

  private Refusal misfit(Demand demand, Gates.Misfit misfit, List<Relaxation> relaxations) {
    Uncompilable limit = misfit.limit();
    String reason =
        "the gate list of %s needs %s %,d, its device allows %,d"
            .formatted(name(misfit.link()), limit.limit(), limit.needed(), limit.allowed());
    return refusal(
        demand,
        INSUFFICIENT_BRIDGE_RESOURCES,
        misfit.link(),
        users(misfit.link()),
        NOT_FOUND,
        reason,
        relaxations);
  }

  private Refusal full(Demand demand, int link, List<Relaxation> relaxations) {
    double used = engine.load(link);
    double more = demand.trees() * share(demand, link);
    boolean alone = more > 1;
    String reason =
        String.format(
            Locale.ROOT,
            "%s is the only way and %.1f %% reserved; the stream needs %.1f %% more",
            name(link),
            100 * used,
            100 * more);
    return refusal(
        demand,
        alone ? MAX_FRAME_SIZE_TOO_LARGE : INSUFFICIENT_BANDWIDTH,
        link,
        alone ? List.of() : users(link),
        NECESSARY_CONDITION,
        reason,
        relaxations);
  }

  private double share(Demand demand, int link) {
    return demand.share(topology.link(link));
  }

  /**
   * Whether a stream must use a link of which more is needed than there is, so that some stream had
   * to be refused; null if not.
   *
   * @param needed see {@link Engine#needed}, of all streams that are placed or asked for
   */
  public @Nullable Refusal overbooked(
      Demand demand, double[] needed, List<Relaxation> relaxations) {
    for (int link : topology.unavoidable(demand)) {
      if (needed[link] > 1 + 1e-9) {
        String reason =
            String.format(
                Locale.ROOT,
                "%s is the only way of streams that need %.1f %% of it",
                name(link),
                100 * needed[link]);
        return refusal(
            demand,
            INSUFFICIENT_BANDWIDTH,
            link,
            users(link),
            NECESSARY_CONDITION,
            reason,
            relaxations);
      }
    }
    return null;
  }

  private Refusal unreachable(Demand demand, Attempt attempt, List<Relaxation> relaxations) {
    String reason =
        attempt.tree == 0
            ? "there is no way from " + demand.stream.talker() + " to every listener"
            : "there is no way for tree %d that shares no link with the others"
                .formatted(attempt.tree + 1);
    Proof proof = attempt.tree == 0 ? NECESSARY_CONDITION : NOT_FOUND;
    return refusal(demand, FEATURE_NOT_SUPPORTED, null, List.of(), proof, reason, relaxations);
  }

  private Refusal tooSlow(Demand demand, Layout layout, List<Relaxation> relaxations) {
    int last = layout.links[layout.hops() - 1];
    if (layout.latency > demand.maxLatency) {
      String reason =
          "the quickest way takes %,d ns without any waiting, the bound is %,d ns"
              .formatted(layout.latency, demand.maxLatency);
      return refusal(
          demand,
          MAX_LATENCY_EXCEEDED,
          last,
          List.of(),
          quickestIsKnown() ? NECESSARY_CONDITION : NOT_FOUND,
          reason,
          relaxations);
    }
    String reason =
        "clocks and burst make a jitter of %,d ns, the bound is %,d ns"
            .formatted(layout.jitter, demand.maxJitter);
    return refusal(demand, FEATURE_NOT_SUPPORTED, last, List.of(), NOT_FOUND, reason, relaxations);
  }

  /** The router's quickest way is exact where clocks are and every bridge stores and forwards. */
  private boolean quickestIsKnown() {
    for (int link = 0; link < topology.links(); link++) {
      if (topology.link(link).cutThroughBytes() > 0 || topology.sender(link).clockError() > 0) {
        return false;
      }
    }
    return true;
  }

  private Refusal blocked(Demand demand, Attempt attempt, List<Relaxation> relaxations) {
    int link = attempt.obstacles.getFirst();
    List<Placed> conflicting = new ArrayList<>();
    Layout layout = attempt.layouts.getFirst();
    int length = layout.lengths[hop(layout, link)];
    for (int id : engine.occupancy().calendar(link).tooLongBeside(demand.periodNumber, length)) {
      conflicting.add(engine.placements().of(id));
    }
    if (!conflicting.isEmpty()) {
      boolean forced = topology.isOnlyLink(link);
      String reason =
          "on %s its frame and another one's are longer together than what divides both intervals"
              .formatted(name(link));
      return refusal(
          demand,
          INSUFFICIENT_BANDWIDTH_FOR_TRAFFIC_CLASS,
          link,
          names(conflicting, link),
          forced ? NECESSARY_CONDITION : NOT_FOUND,
          reason,
          relaxations);
    }
    String reason =
        String.format(
            Locale.ROOT,
            "no offset is free on %d routes; %s, %.1f %% reserved, was in the way last",
            attempt.layouts.size(),
            name(link),
            100 * engine.load(link));
    return refusal(
        demand,
        INSUFFICIENT_BANDWIDTH_FOR_TRAFFIC_CLASS,
        link,
        users(link),
        EXHAUSTED,
        reason,
        relaxations);
  }

  private static int hop(Layout layout, int link) {
    int hop = 0;
    while (layout.links[hop] != link) {
      hop++;
    }
    return hop;
  }

  /** Who has reserved most of a link. */
  private List<String> users(int link) {
    List<Placed> users = new ArrayList<>();
    for (int id : engine.occupancy().calendar(link).owners()) {
      users.add(engine.placements().of(id));
    }
    return names(users, link);
  }

  private List<String> names(List<Placed> streams, int link) {
    return streams.stream()
        .map(Placed::demand)
        .sorted(
            Comparator.comparingDouble((Demand one) -> -share(one, link))
                .thenComparing(one -> one.stream.name()))
        .map(one -> one.stream.name())
        .distinct()
        .limit(NAMES)
        .toList();
  }

  private String name(int link) {
    return topology.link(link).name();
  }

  private Refusal refusal(
      Demand demand,
      FailureCode code,
      @Nullable Integer link,
      List<String> blocking,
      Proof proof,
      String reason,
      List<Relaxation> relaxations) {
    return new Refusal(
        demand.stream.name(),
        code,
        link == null ? null : name(link),
        blocking,
        proof,
        reason,
        relaxations);
  }
}
