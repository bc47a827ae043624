package dev.perch.cli.operation;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "operations",
    description = "Long work: its steps, and how far it is.",
    subcommands = {
      ListOperations.class,
      GetOperation.class,
      WaitForOperation.class,
      CancelOperation.class
    },
    footer = {
      "  perch operations list --state running",
      "  perch operations list --host north-1/edge-1"
    })
public final class OperationsCommand extends Noun {}
