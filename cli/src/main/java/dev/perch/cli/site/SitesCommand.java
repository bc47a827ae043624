package dev.perch.cli.site;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "sites",
    description = "Where hosts stand.",
    footer = {"  perch sites list", "  perch sites create north-1 --label region=north"})
public final class SitesCommand extends Noun {
  public SitesCommand() {
    verb("list", ListSites.class);
    verb("get", GetSite.class);
    verb("create", CreateSite.class);
    verb("set", SetSite.class);
    verb("delete", DeleteSite.class);
    verb("timeline", SiteTimeline.class);
  }
}
