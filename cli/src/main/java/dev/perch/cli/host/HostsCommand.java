package dev.perch.cli.host;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "hosts",
    description = "The machines at the sites, and their lives.",
    subcommands = {
      ListHosts.class,
      GetHost.class,
      CreateHost.class,
      SetHost.class,
      DeleteHost.class,
      HostTimeline.class,
      ListDocuments.class,
      EnrolHost.class,
      GetAgent.class,
      RevokeAgent.class
    },
    footer = {
      "  perch hosts list --site north-1",
      "  perch hosts create north-1/edge-1 --label rack=a1",
      "  perch hosts timeline north-1/edge-1"
    })
public final class HostsCommand extends Noun {}
