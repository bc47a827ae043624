package dev.perch.cli.fact;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "facts",
    description = "What hosts say about themselves, by facets.",
    footer = {"  perch facts list north-1/edge-1", "  perch facts get north-1/edge-1 cpu"})
public final class FactsCommand extends Noun {
  public FactsCommand() {
    verb("list", ListFacts.class);
    verb("get", GetFacts.class);
  }
}
