package dev.perch.inventory.report;

import dev.perch.inventory.host.HostRemoval;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.WorkItems;

/** What goes of a host's reports with the host, without the framework. */
public final class ReportsRemoval {
  private ReportsRemoval() {}

  public static HostRemoval with(Outbox outbox, WorkItems items) {
    return new ReportRemoval(outbox, items);
  }
}
