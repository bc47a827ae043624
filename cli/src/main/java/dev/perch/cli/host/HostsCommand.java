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
      "  perch hosts timeline north-1/edge-1"
    })
public final class HostsCommand extends Noun {
  public HostsCommand() {
    verb("list", ListHosts.class);
    verb("get", GetHost.class);
    verb("create", CreateHost.class);
    verb("set", SetHost.class);
    verb("delete", DeleteHost.class);
    verb("timeline", HostTimeline.class);
    verb("documents", ListDocuments.class);
    verb("enrol", EnrolHost.class);
    verb("agent", GetAgent.class);
    verb("revoke", RevokeAgent.class);
  }
}
