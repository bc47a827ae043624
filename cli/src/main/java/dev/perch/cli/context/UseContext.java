package dev.perch.cli.context;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Main;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perch contexts use}. */
@Command(
    name = "use",
    description = "Makes a context the one that is meant where none is named.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  perch contexts use lab", "  perch contexts use local"})
final class UseContext implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "Of the context.")
  private String name = "";

  @Override
  public Integer call() throws IOException, Failure {
    Environment environment = Main.environment(spec);
    Contexts.of(environment).using(name).keep(environment);
    return ExitCode.DONE;
  }
}
