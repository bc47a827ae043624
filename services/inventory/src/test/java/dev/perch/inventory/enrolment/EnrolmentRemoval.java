package dev.perch.inventory.enrolment;

import dev.perch.inventory.document.DesiredTable;
import dev.perch.inventory.host.HostRemoval;
import dev.perch.kit.outbox.Outbox;

/** What goes of a host's enrolment with the host, without the framework. */
public final class EnrolmentRemoval {
  private EnrolmentRemoval() {}

  public static HostRemoval with(Outbox outbox) {
    return new EnrolledHosts(new AgentKeyBook(), new LinkDocuments(new DesiredTable(), outbox));
  }
}
