package dev.perch.certmon.certificate;

import dev.perch.certmon.renewal.RenewalPlan;
import dev.perch.certmon.renewal.Suggestion;
import dev.perch.contract.certmon.Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a certificate needs a new revision, by what is kept of it alone. */
sealed interface Need {

  /** It needs none for now. */
  record Later(Instant at, RenewalPlan plan) implements Need {}

  /**
   * It needs one.
   *
   * @param forced whether it may end before what is in use
   * @param newKey whether somebody asked for a new key
   */
  record Now(Why why, boolean forced, boolean newKey) implements Need {}

  /** It will get none until somebody does something. */
  record Never(Why why) implements Need {}

  /** Why. The words are part of the REST answer. */
  enum Why {
    /** There is none yet. */
    FIRST,
    /** Something else is asked for than what the one in use was issued for. */
    CHANGED,
    /** Somebody asked. */
    ASKED,
    /** The one in use is to be renewed. */
    DUE,
    /** The host has lost the key of the one in use. */
    KEY_LOST,
    SUSPENDED,
    REVOKED
  }

  /**
   * A renewal that somebody asked for and that has not happened.
   *
   * @param newKey whether with a new key, whatever the policy says
   * @param afterwards whether something was on its way already
   */
  record Asked(Instant at, boolean newKey, boolean afterwards) {}

  /**
   * @param keyLost from when on a lost key is replaced by another one; null if there is none
   */
  static Need of(
      Certificate certificate,
      @Nullable Asked asked,
      @Nullable Revised active,
      @Nullable Instant keyLost,
      @Nullable Suggestion suggested,
      Instant now,
      Duration look) {
    if (asked != null) {
      return new Now(Why.ASKED, true, asked.newKey());
    }
    if (certificate.suspended()) {
      return new Never(Why.SUSPENDED);
    }
    if (certificate.state() == Certificate.State.REVOKED) {
      return new Never(Why.REVOKED);
    }
    if (active == null) {
      return new Now(Why.FIRST, false, false);
    }
    if (!active.askedFor().equals(CertificateSpec.askedFor(certificate))) {
      return new Now(Why.CHANGED, true, false);
    }
    RenewalPlan plan = plan(certificate, active, suggested, look);
    if (keyLost != null && keyLost.isBefore(plan.at())) {
      return keyLost.isAfter(now) ? new Later(keyLost, plan) : new Now(Why.KEY_LOST, true, true);
    }
    return plan.at().isAfter(now) ? new Later(plan.at(), plan) : new Now(Why.DUE, false, false);
  }

  static RenewalPlan plan(
      Certificate certificate, Revised active, @Nullable Suggestion suggested, Duration look) {
    return RenewalPlan.of(
        certificate.id(),
        active.number(),
        active.validity(),
        certificate.renewal(),
        look,
        suggested);
  }
}
