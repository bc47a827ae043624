package dev.perch.cli.context;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Main;
import dev.perch.cli.login.TokenStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perch contexts delete}. */
@Command(
    name = "delete",
    description = "Forgets a context and its tokens; to end the sign-in too, perch logout first.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  perch contexts delete lab")
final class DeleteContext implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "Of the context.")
  private String name = "";

  @Override
  public Integer call() throws IOException, Failure {
    Environment environment = Main.environment(spec);
    Contexts contexts = Contexts.of(environment);
    contexts.require(name);
    boolean signedIn = new TokenStore(environment, name).delete();
    contexts.without(name).keep(environment);
    spec.commandLine().getErr().println("Forgot " + name + (signedIn ? " and its tokens" : ""));
    return ExitCode.DONE;
  }
}
