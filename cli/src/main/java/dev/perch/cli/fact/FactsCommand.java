package dev.perch.cli.fact;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "facts",
    description = "What hosts say about themselves, by facets.",
    subcommands = {ListFacts.class, GetFacts.class},
    footer = {"  perch facts list north-1/edge-1", "  perch facts get north-1/edge-1 cpu"})
public final class FactsCommand extends Noun {}
