package dev.perch.cli;

import dev.perch.cli.alarm.AlarmsCommand;
import dev.perch.cli.context.ContextsCommand;
import dev.perch.cli.event.EventsCommand;
import dev.perch.cli.fact.FactsCommand;
import dev.perch.cli.host.HostsCommand;
import dev.perch.cli.login.LoginCommand;
import dev.perch.cli.login.LogoutCommand;
import dev.perch.cli.operation.OperationsCommand;
import dev.perch.cli.site.SitesCommand;
import dev.perch.cli.tsn.TsnCommand;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
    versionProvider = Version.class)
public final class Main implements Runnable {
  private static final Map<String, Class<?>> NOUNS = new LinkedHashMap<>();

  static {
    NOUNS.put("sites", SitesCommand.class);
    NOUNS.put("hosts", HostsCommand.class);
    NOUNS.put("facts", FactsCommand.class);
    NOUNS.put("operations", OperationsCommand.class);
    NOUNS.put("alarms", AlarmsCommand.class);
    NOUNS.put("events", EventsCommand.class);
    NOUNS.put("tsn", TsnCommand.class);
    NOUNS.put("login", LoginCommand.class);
    NOUNS.put("logout", LogoutCommand.class);
    NOUNS.put("contexts", ContextsCommand.class);
    NOUNS.put("completion", CompletionCommand.class);
  }

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main(Environment environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    Environment environment = Environment.ofThisProcess();
    System.exit(commandLineFor(environment, arguments).execute(arguments));
  }

  /** The whole command line, ready to execute. */
  public static CommandLine commandLine(Environment environment) {
    return commandLine(environment, NOUNS.keySet());
  }

  /** As much of it as these arguments need: reading the annotations of all takes its time. */
  static CommandLine commandLineFor(Environment environment, String... arguments) {
    boolean named = arguments.length > 0 && NOUNS.containsKey(arguments[0]);
    return commandLine(environment, named ? Set.of(arguments[0]) : NOUNS.keySet());
  }

  private static CommandLine commandLine(Environment environment, Set<String> nouns) {
    CommandLine line = new CommandLine(new Main(environment));
    nouns.forEach(noun -> line.addSubcommand(noun, NOUNS.get(noun)));
    return line.setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof Failure known) {
                Iterator<String> lines = known.lines().iterator();
                command.getErr().println("perch: " + lines.next());
                lines.forEachRemaining(command.getErr()::println);
                return known.exitCode();
              }
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

  /** Where the command line of a command runs. */
  public static Environment environment(CommandSpec command) {
    return ((Main) command.root().userObject()).environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what it is about, for example: hosts");
  }
}
