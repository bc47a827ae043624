package dev.perch.cli.host;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "hosts",
    description = "The machines at the sites, and their lives.",
    footer = {
      "  perch hosts list --site north-1",
      "  perch hosts create north-1/edge-1 --label rack=a1",
      "  perch hosts timeline north-1/edge-1",
      "  perch hosts lock north-1/edge-1 --reason 'new disk' --wait"
    })
public final class HostsCommand extends Noun {
  public HostsCommand() {
    verb("list", ListHosts.class);
    verb("get", GetHost.class);
    verb("create", CreateHost.class);
    verb("set", SetHost.class);
    verb("delete", DeleteHost.class);
    verb("timeline", HostTimeline.class);
    verb("difference", HostDifference.class);
    verb("import", ImportHosts.class);
    verb("export", ExportHosts.class);
    verb("documents", ListDocuments.class);
    verb("enrol", EnrolHost.class);
    verb("agent", GetAgent.class);
    verb("revoke", RevokeAgent.class);
    verb("actions", ListActions.class);
    verb("lock", Actions.Lock.class);
    verb("unlock", Actions.Unlock.class);
    verb("force-lock", Actions.ForceLock.class);
    verb("reboot", Actions.Reboot.class);
    verb("power-on", Actions.PowerOn.class);
    verb("power-off", Actions.PowerOff.class);
    verb("reset", Actions.Reset.class);
    verb("reinstall", Actions.Reinstall.class);
  }
}
