package dev.perch.certmon.certificate;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.certmon.host.HostKey;
import dev.perch.certmon.renewal.RenewalPlan;
import dev.perch.certmon.renewal.Suggestion;
import dev.perch.contract.certmon.Failure;
import dev.perch.contract.certmon.Publication;
import dev.perch.kit.reconcile.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a certificate has not been renewed yet, and when it will be.
 *
 * @param summary in a sentence
 * @param why what the summary stands on
 * @param plan how the renewal of the revision in use came to be when it is; null without one
 * @param issuance what is on its way
 * @param waiting what keeps it from its issuer though it is wanted; null if nothing does
 * @param work when it is tried next
 * @param host the key that a host was asked for; null if none is waited for
 * @param publications where it is published, and how far that is
 */
record Explanation(
    String summary,
    Why why,
    @Nullable Plan plan,
    @Nullable Underway issuance,
    @Nullable Waiting waiting,
    @Nullable Work work,
    @Nullable Failure failure,
    @Nullable AtHost host,
    List<Publication> publications) {

  Explanation {
    publications = List.copyOf(publications);
  }

  /** What the answer is about. */
  enum Why {
    /** It is not time. */
    LATER,
    /** It is being issued, or will be within seconds. */
    UNDERWAY,
    /** A host was asked for its key and has not answered. */
    HOST,
    /** Its issuer is away or busy, others come first, or it was issued too often. */
    WAITING,
    /** The last attempt failed. */
    FAILING,
    SUSPENDED,
    REVOKED
  }

  /**
   * How its time came about.
   *
   * @param due by the policy alone, or as its issuer suggests
   * @param earlierBy so that not all are renewed at once
   * @param window the begin of the window it was moved into
   * @param latest it is not renewed later, whatever the windows
   * @param suggested when its issuer would like it to be renewed (RFC 9773); null if that says
   *     nothing
   */
  record Plan(
      Instant renewAt,
      Instant due,
      @JsonFormat(shape = JsonFormat.Shape.STRING) Duration earlierBy,
      @Nullable Instant window,
      Instant latest,
      Instant notAfter,
      @Nullable Suggestion suggested) {}

  record Underway(int revision, String step) {}

  /** A key that a host was asked for. */
  record AtHost(UUID hostId, String key, Instant askedAt) {}

  record Work(Instant nextAttempt, int failures, @Nullable String lastError) {}

  /**
   * @param held what would keep it from its issuer if it were wanted now
   */
  static Explanation of(
      Situation situation,
      Need need,
      Policy policy,
      Optional<Waiting> held,
      Optional<WorkItem> item,
      Optional<HostKey> awaited) {
    Issuing issuing = situation.issuing();
    Failure failure = situation.certificate().failure();
    boolean wanted = issuing != null || need instanceof Need.Now;
    Waiting waiting = wanted ? held.orElse(null) : null;
    Why otherwise = waiting == null ? why(need, issuing, failure, item) : Why.WAITING;
    Why why = awaited.isPresent() ? Why.HOST : otherwise;
    AtHost host =
        awaited.map(key -> new AtHost(key.host(), key.name(), key.askedAt())).orElse(null);
    return new Explanation(
        why == Why.WAITING && waiting != null
            ? waiting.summary()
            : summary(why, situation, need, item, host),
        why,
        situation.active() == null ? null : plan(situation, situation.active(), policy),
        issuing == null
            ? null
            : new Underway(
                issuing.number(),
                issuing.state().getClass().getSimpleName().toUpperCase(Locale.ROOT)),
        waiting,
        item.map(one -> new Work(one.dueAt(), one.attempt(), one.lastError())).orElse(null),
        failure,
        host,
        situation.certificate().publications());
  }

  private static Why why(
      Need need, @Nullable Issuing issuing, @Nullable Failure failure, Optional<WorkItem> item) {
    boolean failing = failure != null && item.map(WorkItem::attempt).orElse(0) > 0;
    if (failing) {
      return Why.FAILING;
    }
    if (issuing != null) {
      return Why.UNDERWAY;
    }
    return switch (need) {
      case Need.Later later -> Why.LATER;
      case Need.Now any -> Why.UNDERWAY;
      case Need.Never(Need.Why because) ->
          because == Need.Why.SUSPENDED ? Why.SUSPENDED : Why.REVOKED;
    };
  }

  private static String summary(
      Why why, Situation situation, Need need, Optional<WorkItem> item, @Nullable AtHost host) {
    Failure failure = situation.certificate().failure();
    return switch (why) {
      case LATER ->
          "It is renewed at "
              + (need instanceof Need.Later later ? later.at() : "")
              + (situation.suggested() == null ? "." : ", as its issuer suggests.");
      case WAITING -> "It waits for its issuer.";
      case UNDERWAY -> "It is being issued.";
      case HOST ->
          host == null
              ? "A host was asked for its key."
              : "The host "
                  + host.hostId()
                  + " was asked for its key at "
                  + host.askedAt()
                  + " and has not answered. It is asked once; nothing is lost by waiting.";
      case FAILING ->
          "The last attempt failed: "
              + (failure == null ? "" : failure.detail())
              + item.map(one -> ". It is tried again at " + one.dueAt() + ".").orElse(".");
      case SUSPENDED -> "It is suspended: POST …/resume, or POST …/renew for once.";
      case REVOKED -> "It was revoked: POST …/renew if it is still needed.";
    };
  }

  private static Plan plan(Situation situation, Revised active, Policy policy) {
    RenewalPlan plan =
        Need.plan(situation.certificate(), active, situation.suggested(), policy.look());
    return new Plan(
        plan.at(),
        plan.due(),
        plan.jitter(),
        plan.window(),
        plan.latest(),
        active.notAfter(),
        situation.suggested());
  }
}
