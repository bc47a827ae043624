package dev.perch.cli.site;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "sites",
    description = "Where hosts stand.",
    subcommands = {
      ListSites.class,
      GetSite.class,
      CreateSite.class,
      SetSite.class,
      DeleteSite.class,
      SiteTimeline.class
    },
    footer = {"  perch sites list", "  perch sites create north-1 --label region=north"})
public final class SitesCommand extends Noun {}
