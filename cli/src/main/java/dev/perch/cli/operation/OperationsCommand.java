package dev.perch.cli.operation;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "operations",
    description = "Long work: its steps, and how far it is.",
    footer = {
      "  perch operations list --state running",
      "  perch operations list --host north-1/edge-1"
    })
public final class OperationsCommand extends Noun {
  public OperationsCommand() {
    verb("list", ListOperations.class);
    verb("get", GetOperation.class);
    verb("wait", WaitForOperation.class);
    verb("cancel", CancelOperation.class);
  }
}
