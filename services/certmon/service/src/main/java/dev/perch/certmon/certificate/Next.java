package dev.perch.certmon.certificate;

import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Certificate.State;
import dev.perch.contract.certmon.Failure;
import dev.perch.contract.certmon.Publication;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The next version of a certificate. Each method answers the certificate itself where nothing would
 * differ.
 *
 * <pre>
 *               issued                 run out
 *   PENDING ------------> READY -----------------> EXPIRED
 *      |                  ^   |                     |    |
 *      |           issued |   | revoked             |    | issued
 *      |                  |   v                     |    v
 *      '--revoked----> REVOKED <--------------------'  READY
 * </pre>
 */
final class Next {
  private Next() {}

  /**
   * The first version.
   *
   * @param rule the one that wants it; null if people do
   */
  static Certificate first(CertificateSpec spec, @Nullable UUID rule) {
    Instant now = Instants.now();
    return new Certificate(
        Ids.next(),
        spec.siteId(),
        rule,
        spec.name(),
        spec.labels(),
        spec.issuerId(),
        spec.commonName(),
        spec.names(),
        spec.usages(),
        spec.life(),
        spec.key(),
        spec.renewal(),
        spec.alarmBefore(),
        spec.revokeOnDelete(),
        spec.targets(),
        false,
        State.PENDING,
        null,
        List.of(),
        null,
        null,
        1,
        now,
        now);
  }

  static Certificate specified(Certificate before, CertificateSpec spec) {
    if (spec.equals(CertificateSpec.of(before))) {
      return before;
    }
    return new Certificate(
        before.id(),
        before.siteId(),
        before.ruleId(),
        spec.name(),
        spec.labels(),
        spec.issuerId(),
        spec.commonName(),
        spec.names(),
        spec.usages(),
        spec.life(),
        spec.key(),
        spec.renewal(),
        spec.alarmBefore(),
        spec.revokeOnDelete(),
        spec.targets(),
        before.suspended(),
        before.state(),
        before.revision(),
        spec.targets().equals(before.targets()) ? before.publications() : List.of(),
        before.renewAt(),
        before.failure(),
        before.version() + 1,
        before.createdAt(),
        Instants.after(before.updatedAt()));
  }

  static Certificate suspended(Certificate before, boolean suspended) {
    return observed(
        before,
        suspended,
        before.state(),
        before.revision(),
        suspended ? null : before.renewAt(),
        before.failure());
  }

  /** A revision is used from now on. */
  static Certificate using(
      Certificate before, Certificate.Revision revision, @Nullable Instant renewAt) {
    return observed(before, before.suspended(), State.READY, revision, renewAt, null);
  }

  /** Nothing differs: the version is there for what its cause says of it. */
  static Certificate noted(Certificate before) {
    return with(
        before,
        before.suspended(),
        before.state(),
        before.revision(),
        before.publications(),
        before.renewAt(),
        before.failure(),
        before.version() + 1,
        Instants.after(before.updatedAt()));
  }

  static Certificate revoked(Certificate before) {
    return observed(before, before.suspended(), State.REVOKED, before.revision(), null, null);
  }

  static Certificate expired(Certificate before) {
    return before.state() == State.READY
        ? observed(
            before,
            before.suspended(),
            State.EXPIRED,
            before.revision(),
            before.renewAt(),
            before.failure())
        : before;
  }

  static Certificate renewedAt(Certificate before, @Nullable Instant renewAt) {
    return observed(
        before, before.suspended(), before.state(), before.revision(), renewAt, before.failure());
  }

  /** Since when is kept as long as the same goes wrong. */
  static Certificate failed(Certificate before, String code, String detail, Instant now) {
    Failure was = before.failure();
    Instant since = was != null && was.code().equals(code) ? was.since() : now;
    return observed(
        before,
        before.suspended(),
        before.state(),
        before.revision(),
        before.renewAt(),
        new Failure(code, detail, since));
  }

  /** How far it is at its targets. */
  static Certificate published(Certificate before, List<Publication> publications) {
    return publications.equals(before.publications())
        ? before
        : with(
            before,
            before.suspended(),
            before.state(),
            before.revision(),
            publications,
            before.renewAt(),
            before.failure(),
            before.version() + 1,
            Instants.after(before.updatedAt()));
  }

  private static Certificate observed(
      Certificate before,
      boolean suspended,
      @Nullable State state,
      Certificate.@Nullable Revision revision,
      @Nullable Instant renewAt,
      @Nullable Failure failure) {
    Certificate same =
        with(
            before,
            suspended,
            state,
            revision,
            before.publications(),
            renewAt,
            failure,
            before.version(),
            before.updatedAt());
    return same.equals(before)
        ? before
        : with(
            before,
            suspended,
            state,
            revision,
            before.publications(),
            renewAt,
            failure,
            before.version() + 1,
            Instants.after(before.updatedAt()));
  }

  private static Certificate with(
      Certificate before,
      boolean suspended,
      @Nullable State state,
      Certificate.@Nullable Revision revision,
      List<Publication> publications,
      @Nullable Instant renewAt,
      @Nullable Failure failure,
      long version,
      Instant updatedAt) {
    return new Certificate(
        before.id(),
        before.siteId(),
        before.ruleId(),
        before.name(),
        before.labels(),
        before.issuerId(),
        before.commonName(),
        before.names(),
        before.usages(),
        before.life(),
        before.key(),
        before.renewal(),
        before.alarmBefore(),
        before.revokeOnDelete(),
        before.targets(),
        suspended,
        state,
        revision,
        publications,
        renewAt,
        failure,
        version,
        before.createdAt(),
        updatedAt);
  }
}
