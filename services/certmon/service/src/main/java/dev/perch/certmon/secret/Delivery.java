package dev.perch.certmon.secret;

import dev.perch.certmon.cluster.Connections.Connected;
import dev.perch.certmon.kubernetes.Failure;
import dev.perch.certmon.kubernetes.Inspection;
import dev.perch.certmon.kubernetes.Material;
import dev.perch.certmon.kubernetes.Outcome.Contested;
import dev.perch.certmon.kubernetes.Outcome.Failed;
import dev.perch.certmon.kubernetes.Outcome.Published;
import dev.perch.certmon.kubernetes.SecretPublisher;
import dev.perch.certmon.kubernetes.SecretTarget;
import dev.perch.contract.certmon.Publication;
import dev.perch.contract.certmon.Publication.State;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.reconcile.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a cluster, and says what its answer means for a certificate. */
final class Delivery {
  /** Whoever waits for a cluster is woken when it answers; this only finds what went unheard. */
  private static final Duration ANSWERS = Duration.ofMinutes(10);

  /** A watch tells of changes; of a Secret that was never ours it does not. */
  private static final Duration FOREIGN = Duration.ofMinutes(10);

  private static final Duration CONTEST = Duration.ofHours(1);

  /** Whoever serves it takes its time to hear of a change. */
  private static final Duration SERVES_SOON = Duration.ofSeconds(10);

  private static final Duration SERVES = Duration.ofMinutes(5);

  private static final Outcome AWAY = new Outcome.Again(ANSWERS);

  private final Clock clock;

  Delivery(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is to be published where.
   *
   * @param probe how it is looked up what is served; null for not at all
   * @param before what was known of it; null for nothing
   * @param guard throws if somebody else may be at it by now
   */
  record Order(
      SecretPlace place,
      SecretTarget target,
      Target.@Nullable Probe probe,
      Material material,
      String sha256,
      @Nullable Publication before,
      Runnable guard) {
    int revision() {
      return Math.toIntExact(material.revision());
    }
  }

  Delivered deliver(Order order, Connected cluster) {
    if (!cluster.isAnswering()) {
      return away(order, cluster);
    }
    SecretPublisher publisher = cluster.publisher();
    if (order.place().isContested(order.revision())) {
      return contested(order, publisher);
    }
    return switch (publisher.publish(order.target(), order.material(), order.guard())) {
      case Published published -> proven(order, published);
      case Contested contested ->
          said(
              order,
              State.CONTESTED,
              "Not written: " + contested.detail(),
              new Outcome.Again(FOREIGN));
      case Failed(Failure failure) -> failed(order, failure);
    };
  }

  /** Nothing is written until it is renewed; but the others may have given in. */
  private Delivered contested(Order order, SecretPublisher publisher) {
    SecretPlace place = order.place();
    return switch (publisher.inspect(place.name(), Objects.requireNonNull(place.fingerprint()))) {
      case Inspection.Intact intact ->
          // Right after our own last write it is as it should be, and that says nothing.
          place.isQuiet(clock.instant())
              ? served(order, place.left(intact.resourceVersion()))
              : fought(order, place, "put right");
      case Inspection.Drifted drifted ->
          fought(order, place, drifted.parts() + " of it by " + drifted.managers());
      case Inspection.Missing missing -> fought(order, place, "it was deleted");
      case Inspection.Failed(Failure failure) -> failed(order, failure);
    };
  }

  private Delivered proven(Order order, Published published) {
    SecretPlace place = order.place().holding(order.revision(), published, clock.instant());
    return place.isContested(order.revision())
        ? fought(order, place, published.repaired() + " of it")
        : served(order, place);
  }

  private static Delivered fought(Order order, SecretPlace place, String what) {
    Verdict verdict =
        new Verdict(
            order.revision(),
            State.CONTESTED,
            "Others change it again and again (last: "
                + what
                + "): it is not written any more until the certificate is renewed.");
    return new Delivered(place, verdict, new Outcome.Again(CONTEST));
  }

  /** It is in place; where a probe is named, that alone is no proof. */
  private Delivered served(Order order, SecretPlace place) {
    Target.Probe probe = order.probe();
    if (probe == null) {
      Verdict verdict =
          new Verdict(order.revision(), State.VERIFIED, "It was read back from the cluster.");
      return new Delivered(place, verdict, new Outcome.Done());
    }
    Probed probed = Probed.at(probe, order.sha256());
    if (probed.isProof()) {
      return new Delivered(
          place,
          new Verdict(order.revision(), State.VERIFIED, probed.message()),
          new Outcome.Again(SERVES));
    }
    // What served it once does not only take its time.
    State state = wasServed(order) ? State.DEGRADED : State.PUBLISHED;
    return new Delivered(
        place,
        new Verdict(order.revision(), state, "It is in place. " + probed.message()),
        new Outcome.Again(SERVES_SOON));
  }

  private static boolean wasServed(Order order) {
    Publication before = order.before();
    return before != null
        && Objects.equals(before.revision(), order.revision())
        && (before.state() == State.VERIFIED || before.state() == State.DEGRADED);
  }

  /** What was proven of this revision stays so until it can be looked at again. */
  private static Delivered away(Order order, Connected cluster) {
    Publication before = order.before();
    if (before != null
        && before.state() == State.VERIFIED
        && Objects.equals(before.revision(), order.revision())) {
      return new Delivered(
          order.place(), new Verdict(before.revision(), State.VERIFIED, before.message()), AWAY);
    }
    var failure = cluster.cluster().failure();
    return said(
        order,
        State.DEGRADED,
        failure == null ? "The cluster does not answer." : failure.detail(),
        AWAY);
  }

  private static Delivered failed(Order order, Failure failure) {
    return new Delivered(
        order.place(),
        new Verdict(order.revision(), State.DEGRADED, failure.detail()),
        Failures.outcome(failure),
        Failures.isOfCluster(failure));
  }

  private static Delivered said(Order order, State state, String message, Outcome next) {
    return new Delivered(order.place(), new Verdict(order.revision(), state, message), next);
  }
}
