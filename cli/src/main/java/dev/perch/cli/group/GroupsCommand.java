package dev.perch.cli.group;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "groups",
    description = "Named selections of hosts.",
    footer = {
      "  perch groups create edge-north --selector 'site in (north-1,north-2),zone=edge'",
      "  perch hosts list --group edge-north"
    })
public final class GroupsCommand extends Noun {
  public GroupsCommand() {
    verb("list", ListGroups.class);
    verb("get", GetGroup.class);
    verb("create", CreateGroup.class);
    verb("set", SetGroup.class);
    verb("delete", DeleteGroup.class);
    verb("timeline", GroupTimeline.class);
  }
}
