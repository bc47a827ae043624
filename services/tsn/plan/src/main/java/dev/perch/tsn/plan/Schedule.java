package dev.perch.tsn.plan;

import dev.perch.tsn.plan.check.Flaw;
import dev.perch.tsn.plan.check.LiveCheck;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Took;
import dev.perch.tsn.plan.model.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The streams of one network, admitted one by one or many at once.
 *
 * <p>A stream that has a place keeps it: {@link #admit(Stream)}, {@link #remove} and {@link
 * #tryAdmit} change no other stream's offset, route or queue. Only what says so moves streams, and
 * only those that are {@linkplain Stream#movable movable}.
 *
 * <p>Every change is checked before it is answered: a small one on the ports it touches ({@link
 * LiveCheck}), one of much of the plan as a whole ({@link PlanCheck}). What a checker objects to is
 * taken back, and an {@link UnsoundPlanException} has all findings.
 *
 * <p>Not thread-safe: one thread at a time may use it.
 */
public final class Schedule {
  /** As many streams are always few enough to look at their ports only. */
  private static final int FEW = 8;

  /** A change of less than this share of the streams, 1 of 8, is small. */
  private static final int SHARE = 8;

  private final Network network;
  private final Draft draft;
  private final LiveCheck live;
  private final Stopwatch watch = new Stopwatch();

  /**
   * @param draft an empty one
   */
  Schedule(Network network, Draft draft) {
    this.network = network;
    this.draft = draft;
    live = new LiveCheck(network);
  }

  /** A network without streams. */
  public static Schedule of(Network network, Options options) {
    return new Schedule(network, new Draft(network, options));
  }

  /**
   * Goes on from a plan that was made before: every stream stays where it is. Gate lists are
   * compiled anew.
   *
   * @param streams all those in the plan
   * @throws InvalidModelException with every flaw of the plan; of a plan without a flaw, with
   *     everything that this planner would do otherwise, so that it cannot go on from there
   */
  public static Schedule resume(Network network, List<Stream> streams, Plan plan, Options options) {
    List<Violation> violations =
        new ArrayList<>(
            streams.stream().flatMap(stream -> network.violationsOf(stream).stream()).toList());
    PlanCheck.check(network, streams, plan).flaws().stream()
        .map(flaw -> new Violation("plan", flaw.message(), "give a plan that passes both checks"))
        .forEach(violations::add);
    Schedule schedule = of(network, options);
    if (violations.isEmpty()) {
      schedule.watch.start();
      violations.addAll(schedule.draft.restore(streams, plan));
    }
    if (!violations.isEmpty()) {
      throw new InvalidModelException(violations);
    }
    schedule.restored(streams);
    return schedule;
  }

  private void restored(List<Stream> streams) {
    watch.placed();
    Plan now = draft.plan();
    watch.compiled();
    List<Flaw> flaws = PlanCheck.check(network, streams, now).flaws();
    if (!flaws.isEmpty()) {
      throw new UnsoundPlanException(flaws);
    }
    live.keep(
        new LiveCheck.Change(
            streams.stream()
                .map(
                    stream ->
                        new LiveCheck.Placed(
                            stream, Objects.requireNonNull(now.streams().get(stream.name()))))
                .toList(),
            List.of(),
            List.copyOf(now.gates().values())));
    watch.checked();
  }

  /**
   * Admits a stream among those that are there, and moves none of them.
   *
   * @throws InvalidModelException if it does not fit the network: unknown nodes or links
   */
  public Admission admit(Stream stream) {
    watch.start();
    return publish(draft.admit(stream, false));
  }

  /**
   * Admits a stream, if need be by moving movable ones. The answer names those that were moved.
   *
   * @throws InvalidModelException if it does not fit the network
   */
  public Admission admitMoving(Stream stream) {
    watch.start();
    return publish(draft.admit(stream, true));
  }

  /**
   * What {@link #admit(Stream)} would answer; changes nothing.
   *
   * @throws InvalidModelException if it does not fit the network
   */
  public Admission tryAdmit(Stream stream) {
    Admission admission = admit(stream);
    if (admission instanceof Admission.Accepted) {
      // As it was, which is known to be good.
      live.keep(change(draft.remove(stream.name())));
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
    watch.start();
    return publish(draft.admitAll(streams));
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
    watch.start();
    return publish(draft.replan(wanted, limit));
  }

  /** Whether there was such a stream. No other stream changes. */
  public boolean remove(String name) {
    watch.start();
    return publish(draft.remove(name));
  }

  /** Where a stream travels; empty if it has no place. */
  public Optional<StreamPlan> stream(String name) {
    return draft.stream(name);
  }

  /** How many streams have a place. */
  public int size() {
    return draft.size();
  }

  /**
   * The gate list of a link's port; empty if it sends nothing.
   *
   * @throws IllegalArgumentException if the network has no such link
   */
  public Optional<GateList> gates(String link) {
    return Optional.ofNullable(draft.gates(draft.link(link)));
  }

  /** Everything as it is now. */
  public Plan plan() {
    return draft.plan();
  }

  /** How much of a link is reserved, 0 to 1. */
  public double load(String link) {
    return draft.load(link);
  }

  /** Frames that all ports send in their cycles: without merging each would have its own window. */
  public long frames() {
    return draft.frames();
  }

  /** How long everything since the beginning took. */
  public Took took() {
    return watch.took();
  }

  /** The answer, if no checker objects to what was done. */
  private <A> A publish(Step<A> step) {
    watch.placed();
    if (!step.changedNothing()) {
      List<Flaw> flaws = isSmall(step) ? few(step) : whole(step);
      if (!flaws.isEmpty()) {
        step.undo().run();
        throw new UnsoundPlanException(flaws);
      }
    }
    return step.answer();
  }

  private boolean isSmall(Step<?> step) {
    int placed = step.placed().size();
    return placed <= FEW || placed * SHARE <= draft.size();
  }

  private List<Flaw> few(Step<?> step) {
    LiveCheck.Change change = change(step);
    watch.compiled();
    List<Flaw> flaws = live.apply(change);
    watch.checked();
    return flaws;
  }

  private List<Flaw> whole(Step<?> step) {
    Plan plan = draft.plan();
    watch.compiled();
    List<Flaw> flaws = PlanCheck.check(network, draft.streams(), plan).flaws();
    if (flaws.isEmpty()) {
      live.keep(change(step));
    }
    watch.checked();
    return flaws;
  }

  private LiveCheck.Change change(Step<?> step) {
    return new LiveCheck.Change(
        step.placed().stream()
            .map(demand -> new LiveCheck.Placed(demand.stream(), draft.stream(demand)))
            .toList(),
        step.removed(),
        step.ports().stream().mapToObj(draft::gates).filter(Objects::nonNull).toList());
  }
}
