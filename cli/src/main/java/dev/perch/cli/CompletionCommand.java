package dev.perch.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code perch completion}. */
@Command(
    name = "completion",
    description = "Prints what makes bash and zsh complete perch's commands.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(perch completion)",
      "  perch completion > ~/.local/share/bash-completion/completions/perch"
    })
final class CompletionCommand implements Runnable {
  /** The script before this command line has them. */
  private static final List<String> OF_THE_SCRIPT =
      List.of(
          "up",
          "down",
          "status",
          "token",
          "logs",
          "republish",
          "agent",
          "build",
          "verify",
          "bench",
          "soak");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine whole = Main.commandLine(Main.environment(spec));
    OF_THE_SCRIPT.forEach(word -> whole.addSubcommand(word, CommandSpec.create()));
    spec.commandLine().getOut().print(AutoComplete.bash("perch", whole));
    spec.commandLine().getOut().flush();
  }
}
