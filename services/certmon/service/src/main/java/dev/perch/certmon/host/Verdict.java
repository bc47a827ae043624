package dev.perch.certmon.host;

import dev.perch.contract.certmon.Publication;
import dev.perch.contract.certmon.Publication.State;
import dev.perch.contract.host.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a certificate is on a host, by what the host said since the newest document was sent.
 * Only a report of a generation that says the same of the files is a proof: an older one proves
 * nothing of a newer document, and one that asks for another key besides takes no proof away.
 *
 * @param message for people
 */
record Verdict(State state, @Nullable String message) {
  private static final String CONTESTED = "Contested";
  private static final int LONGEST = 500;

  /**
   * The next publication; the one before if nothing has changed.
   *
   * @param before null if there was none
   * @param sent whether the document's files were sent anew just now
   */
  static Publication next(
      @Nullable Publication before,
      HostDocuments.Kept document,
      boolean sent,
      Optional<HostReport> report,
      FileSet files,
      Instant now) {
    boolean same = before != null && Objects.equals(before.revision(), document.revision());
    Verdict verdict =
        report
            .filter(said -> said.generation() <= document.generation())
            .flatMap(said -> of(document, said, files.probe()))
            .orElseGet(() -> same && !sent ? of(before) : waiting(document));
    Instant since =
        before != null && same && before.state() == verdict.state()
            ? before.since()
            : now.truncatedTo(ChronoUnit.MICROS);
    return new Publication(0, document.revision(), verdict.state(), since, verdict.message());
  }

  /** Nothing is wanted of the host yet. */
  static Publication unasked(@Nullable Publication before, Instant now) {
    boolean same = before != null && before.revision() == null && before.state() == State.PENDING;
    return before != null && same
        ? before
        : new Publication(
            0,
            null,
            State.PENDING,
            now.truncatedTo(ChronoUnit.MICROS),
            "Its key was not asked for yet.");
  }

  private static Verdict of(@Nullable Publication before) {
    return before == null || before.state() == null
        ? new Verdict(State.PENDING, null)
        : new Verdict(before.state(), before.message());
  }

  private static Verdict waiting(HostDocuments.Kept document) {
    return new Verdict(
        State.PENDING,
        document.revision() == null ? "The host was asked for a key." : "The host was told of it.");
  }

  /** Empty if it says nothing about the files of the document. */
  private static Optional<Verdict> of(
      HostDocuments.Kept document, HostReport report, FileSet.@Nullable Probe probe) {
    Optional<Condition> notApplied = failed(report, "Applied");
    if (notApplied.isPresent()) {
      // It names the generation that the host had reached before.
      return notApplied.map(Verdict::bad);
    }
    return report.generation() < document.since()
        ? Optional.empty()
        : Optional.of(
            failed(report, "Verified")
                .map(Verdict::bad)
                .orElseGet(() -> applied(document, report, probe)));
  }

  private static Verdict applied(
      HostDocuments.Kept document, HostReport report, FileSet.@Nullable Probe probe) {
    if (document.revision() == null || !is(report, "Applied", Condition.Status.TRUE)) {
      return waiting(document);
    }
    if (!is(report, "Verified", Condition.Status.TRUE)) {
      return new Verdict(State.PUBLISHED, "It is in place; nothing has proven it yet.");
    }
    if (probe == null) {
      return new Verdict(State.VERIFIED, "It was read back.");
    }
    return report.served().filter(probe.sha256()::equals).isPresent()
        ? new Verdict(State.VERIFIED, "It is what " + probe.address() + " serves.")
        : new Verdict(
            State.PUBLISHED, "It is in place; " + probe.address() + " was not seen to serve it.");
  }

  private static Verdict bad(Condition condition) {
    return new Verdict(
        condition.reason().equals(CONTESTED) ? State.CONTESTED : State.DEGRADED, text(condition));
  }

  private static Optional<Condition> failed(HostReport report, String type) {
    return report.condition(type).filter(one -> one.status() == Condition.Status.FALSE);
  }

  private static boolean is(HostReport report, String type, Condition.Status status) {
    return report.condition(type).filter(one -> one.status() == status).isPresent();
  }

  private static String text(Condition condition) {
    String text = condition.reason() + ": " + condition.message();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
