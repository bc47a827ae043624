package dev.perch.cli;

import dev.perch.cli.tsn.TsnCommand;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code perch NOUN VERB}. Results go to standard output, everything else to standard error; see
 * {@link ExitCode}.
 */
@Command(
    name = "perch",
    description = "Runs edge clouds.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = TsnCommand.class)
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command line, ready to execute. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof NoSuchFileException missing) {
                command.getErr().println("perch: there is no file " + missing.getFile());
                return ExitCode.BAD_INPUT;
              }
              if (failure instanceof IOException) {
                command.getErr().println("perch: " + failure.getMessage());
                return ExitCode.FAILED;
              }
              throw failure;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what it is about, for example: tsn");
  }
}
