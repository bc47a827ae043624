package dev.perch.cli.tsn;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The noun; its verbs do the work. */
@Command(
    name = "tsn",
    description = "Time-aware schedules (IEEE 802.1Qbv): plan, check, lint.",
    mixinStandardHelpOptions = true,
    subcommands = {PlanCommand.class, CheckCommand.class, LintCommand.class})
public final class TsnCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: plan, check or lint");
  }
}
