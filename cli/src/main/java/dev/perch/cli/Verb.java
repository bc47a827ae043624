package dev.perch.cli;

import dev.perch.cli.output.Format;
import dev.perch.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that talks to a Perch; each says what it does with it. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed: a fault of Perch, or the operation did not succeed",
      "2:wrong use, or bad input",
      "3:refused: not possible as things stand",
      "4:not found",
      "5:not reachable now",
      "6:not signed in, or not allowed"
    },
    footerHeading = "%nExamples:%n")
public abstract class Verb implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; table unless given.")
  private Format format = Format.table;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Which Perch; see perch contexts --help.")
  private @Nullable String context;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "The Perch on this machine that keeps its state there.")
  private @Nullable Path state;

  @Override
  public final Integer call() throws IOException, InterruptedException, Failure {
    try (Perch perch = Perch.open(environment(), context, state)) {
      return run(perch, screen());
    }
  }

  /** Does it, and says how it went: one of {@link ExitCode}. */
  protected abstract int run(Perch perch, Screen screen)
      throws IOException, InterruptedException, Failure;

  protected final Environment environment() {
    return Main.environment(spec);
  }

  private Screen screen() {
    return new Screen(
        spec.commandLine().getOut(), spec.commandLine().getErr(), format, environment().columns());
  }
}
