package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.inventory.presence.Presence;
import java.util.UUID;

/** Whether a hello is let in. */
sealed interface Verdict {

  /**
   * The session is open.
   *
   * @param number the host's newest session
   * @param known what was known of the host before
   * @param awaited it had been given the time to come back
   */
  record Admitted(UUID site, long number, long beatMillis, Presence known, boolean awaited)
      implements Verdict {}

  record Denied(LinkClose why) implements Verdict {}
}
