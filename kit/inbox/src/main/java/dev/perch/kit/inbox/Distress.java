package dev.perch.kit.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what a consumer cannot get over by itself. */
final class Distress {
  static final String STUCK = "consumer-stuck";
  static final String LAGGING = "consumer-lagging";
  static final String LETTERS = "dead-letters";

  private static final Logger LOG = LoggerFactory.getLogger(Distress.class);

  private final String consumer;
  private final Troubles troubles;
  private final Duration patience;
  private @Nullable Instant failingSince;
  // A process before this one may have raised them.
  private boolean raised = true;
  private boolean lagging = true;

  /**
   * @param patience how long a batch may fail before it is an alarm
   */
  Distress(String consumer, Troubles troubles, Duration patience) {
    this.consumer = consumer;
    this.troubles = troubles;
    this.patience = patience;
  }

  synchronized void failed(Instant now, Fault fault) {
    if (failingSince == null) {
      failingSince = now;
    }
    if (!now.isBefore(failingSince.plus(patience))) {
      raised = true;
      troubles.raise(STUCK, consumer, "Retried since " + failingSince + ": " + fault.reason());
    }
  }

  /** A batch was committed, or the partitions were placed. */
  synchronized void over() {
    failingSince = null;
    if (raised) {
      raised = false;
      troubles.clear(STUCK, consumer);
    }
  }

  void rejected(List<Rejected> rejected) {
    for (Rejected each : rejected) {
      LOG.atWarn()
          .addKeyValue("consumer", consumer)
          .addKeyValue("topic", each.record().topic())
          .addKeyValue("partition", each.record().partition())
          .addKeyValue("offset", each.record().offset())
          .addKeyValue("key", each.record().key())
          .addKeyValue("code", each.why().code())
          .addKeyValue("reason", each.why().reason())
          .log("Record was dead-lettered");
    }
    if (!rejected.isEmpty()) {
      troubles.raise(
          LETTERS, consumer, "Records wait on perch." + consumer + ".dlq; replay or discard them");
    }
  }

  void lettersResolved() {
    troubles.clear(LETTERS, consumer);
  }

  synchronized void lag(Duration lag, Duration limit) {
    if (lag.compareTo(limit) > 0) {
      lagging = true;
      troubles.raise(LAGGING, consumer, "The oldest record read and not applied exceeds " + limit);
    } else if (lagging) {
      lagging = false;
      troubles.clear(LAGGING, consumer);
    }
  }
}
