package dev.perch.agent.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.apply.Attempt.Missed;
import dev.perch.agent.apply.Attempt.Reached;
import dev.perch.agent.apply.Attempt.Refused;
import dev.perch.contract.host.Condition;
import dev.perch.contract.host.Condition.Status;
import dev.perch.contract.link.LinkMessage.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of an attempt. A condition keeps its time as long as its status stays. */
final class Conditions {
  private static final int LONGEST = 2000;
  private static final String REPAIRED = "DriftRepaired";

  private Conditions() {}

  /** What an aspect looks like after an attempt, given what was said before. */
  static Observed after(
      Document document, Attempt attempt, @Nullable Observed before, Instant now) {
    long reached = before == null ? 0 : before.generation();
    return switch (attempt) {
      case Reached ok -> reached(document, ok, before, now);
      case Refused refused ->
          notApplied(document, reached, "Refused", refused.message(), refused.seen(), before, now);
      case Missed missed ->
          notApplied(document, reached, missed.reason(), missed.message(), null, before, now);
    };
  }

  /**
   * What is said of a document that could not be applied, with what became of the older one that is
   * kept in force meanwhile.
   *
   * @param said the former, from now or from before
   */
  static Observed keeping(Document kept, Attempt attempt, Observed said, Instant now) {
    String generation = "generation " + kept.generation() + ": ";
    @Nullable Condition drift =
        switch (attempt) {
          case Reached ok when ok.repaired() != null ->
              new Condition(
                  REPAIRED, Status.TRUE, "Repaired", cut(generation + ok.repaired()), now);
          case Reached ok ->
              find(REPAIRED, said).filter(was -> was.status() == Status.TRUE).orElse(null);
          case Refused refused ->
              condition(
                  REPAIRED, Status.FALSE, "Refused", generation + refused.message(), said, now);
          case Missed missed ->
              condition(
                  REPAIRED,
                  Status.FALSE,
                  missed.reason(),
                  generation + missed.message(),
                  said,
                  now);
        };
    List<Condition> conditions = new ArrayList<>(said.conditions());
    conditions.removeIf(condition -> condition.type().equals(REPAIRED));
    if (drift != null) {
      conditions.add(drift);
    }
    return new Observed(0, said.aspect(), said.generation(), conditions, said.readBack());
  }

  /** Whether somebody who knows one need not be told the other. */
  static boolean same(@Nullable Observed before, Observed after) {
    return before != null
        && before.generation() == after.generation()
        && before.conditions().equals(after.conditions())
        && Objects.equals(before.readBack(), after.readBack());
  }

  private static Observed reached(
      Document document, Reached ok, @Nullable Observed before, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition("Applied", Status.TRUE, "Applied", "", before, now));
    Boolean verified = ok.readBack().verified();
    Status status = verified == null ? Status.UNKNOWN : verified ? Status.TRUE : Status.FALSE;
    conditions.add(
        condition(
            "Verified", status, ok.readBack().reason(), ok.readBack().message(), before, now));
    if (ok.repaired() != null) {
      // Each repair is news, so it has the time of now.
      conditions.add(new Condition(REPAIRED, Status.TRUE, "Repaired", cut(ok.repaired()), now));
    } else if (before != null && before.generation() == document.generation()) {
      find(REPAIRED, before).filter(was -> was.status() == Status.TRUE).ifPresent(conditions::add);
    }
    return new Observed(
        0, document.aspect(), document.generation(), conditions, ok.readBack().seen());
  }

  private static Observed notApplied(
      Document document,
      long reached,
      String reason,
      String message,
      @Nullable JsonNode seen,
      @Nullable Observed before,
      Instant now) {
    String wanted = "generation " + document.generation() + ": " + message;
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition("Applied", Status.FALSE, reason, wanted, before, now));
    conditions.add(condition("Verified", Status.FALSE, "NotApplied", "", before, now));
    if (before != null) {
      find(REPAIRED, before).ifPresent(conditions::add);
    }
    return new Observed(0, document.aspect(), reached, conditions, seen);
  }

  private static Condition condition(
      String type,
      Status status,
      String reason,
      String message,
      @Nullable Observed before,
      Instant now) {
    Instant since =
        before == null
            ? now
            : find(type, before)
                .filter(was -> was.status() == status)
                .map(Condition::since)
                .orElse(now);
    return new Condition(type, status, reason, cut(message), since);
  }

  private static Optional<Condition> find(String type, Observed said) {
    return said.conditions().stream().filter(was -> was.type().equals(type)).findFirst();
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST);
  }
}
