package dev.perch.certmon.certificate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a certificate waiting though it is wanted.
 *
 * @param until when it is gone on with at the latest
 * @param since when that began, if it is known
 * @param fault what was heard last, if it is that
 */
record Waiting(Reason reason, Instant until, @Nullable Instant since, @Nullable String fault) {

  /** The words are part of the REST answer. */
  enum Reason {
    /** Its issuer is away, and goes on by itself when a probe reaches it. */
    ISSUER_AWAY,
    /** Its issuer said that too much was asked of it. */
    ISSUER_BUSY,
    /** Others were before it, and its issuer is given no more orders at a time. */
    TURN,
    /** It was issued or ordered too often. */
    BUDGET
  }

  /** In a sentence. */
  String summary() {
    return switch (reason) {
      case ISSUER_AWAY ->
          "Its issuer is away since "
              + since
              + ", "
              + fault
              + ". It is looked for every 30 s; whatever waits goes on by itself.";
      case ISSUER_BUSY -> "Its issuer wants to be left alone until " + until + ".";
      case TURN -> "It is its turn at " + until + ": its issuer is given no more orders at a time.";
      case BUDGET ->
          "It was issued or ordered too often; it is ordered again at "
              + until
              + ". POST …/renew with overBudget if it cannot wait.";
    };
  }
}
