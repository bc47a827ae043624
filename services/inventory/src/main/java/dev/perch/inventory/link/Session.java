package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.FromAgent;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.inventory.presence.Watched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An open link: the agent has proven to be the host's, and this was its newest session. */
final class Session {
  private final Link link;
  private final Surroundings around;
  private final Watched watched;
  private final Verdict.Admitted admitted;
  private final AtomicInteger openReports = new AtomicInteger();

  /** The generations the agent has or was sent, by aspect; for the feed's thread. */
  private final Map<String, Long> held;

  /** For the link's thread. */
  private long lastSeq;

  Session(
      Link link,
      Surroundings around,
      Watched watched,
      Verdict.Admitted admitted,
      Map<String, Long> held) {
    this.link = link;
    this.around = around;
    this.watched = watched;
    this.admitted = admitted;
    this.held = new HashMap<>(held);
  }

  UUID host() {
    return watched.host();
  }

  UUID site() {
    return admitted.site();
  }

  long number() {
    return admitted.number();
  }

  void begin(Map<String, String> digests) {
    around.documents().wake(host());
    around.digests().ask(this, digests);
  }

  void heard() {
    around.presences().heard(watched);
  }

  void take(FromAgent message) {
    heard();
    switch (message) {
      case LinkMessage.Beat beat -> {
        // Noted above: the agent wrote it with white space, or the link was not open yet.
      }
      case Report report -> take(report);
      case LinkMessage.Digests digests -> around.digests().ask(this, digests.digests());
      case LinkMessage.Hello again -> close(LinkClose.MALFORMED);
    }
  }

  private void take(Report report) {
    if (report.seq() != lastSeq + 1) {
      close(LinkClose.MALFORMED);
    } else if (openReports.incrementAndGet() > LinkProtocol.OPEN_REPORTS) {
      close(LinkClose.TOO_MANY);
    } else {
      lastSeq = report.seq();
      around.reports().put(this, report);
    }
  }

  /** All reports up to this one are committed, or refused. */
  void acknowledge(LinkMessage.Ack ack, int reports) {
    openReports.addAndGet(-reports);
    send(ack);
  }

  /** Sends what differs from what the agent has. */
  void desired(Map<String, Desired> wanted) {
    wanted.forEach(
        (aspect, desired) -> {
          Long has = held.put(aspect, desired.generation());
          if (has == null || has != desired.generation()) {
            send(desired);
          }
        });
    Set<String> withdrawn = new HashSet<>(held.keySet());
    withdrawn.removeAll(wanted.keySet());
    withdrawn.forEach(
        aspect -> {
          held.remove(aspect);
          send(Desired.withdrawn(aspect));
        });
  }

  void send(LinkMessage message) {
    link.send(message);
  }

  void close(LinkClose why) {
    link.close(why);
  }

  /** Another session is the host's newest, or none: this replica does not judge it any more. */
  void end(LinkClose why) {
    watched.end();
    link.close(why);
  }
}
