package dev.perch.cli;

import dev.perch.cli.alarm.AlarmsCommand;
import dev.perch.cli.certificate.CertsCommand;
import dev.perch.cli.certificate.ClustersCommand;
import dev.perch.cli.certificate.IssuersCommand;
import dev.perch.cli.certificate.RulesCommand;
import dev.perch.cli.context.ContextsCommand;
import dev.perch.cli.event.EventsCommand;
import dev.perch.cli.fact.FactsCommand;
import dev.perch.cli.group.GroupsCommand;
import dev.perch.cli.host.HostsCommand;
import dev.perch.cli.login.LoginCommand;
import dev.perch.cli.login.LogoutCommand;
import dev.perch.cli.operation.OperationsCommand;
import dev.perch.cli.site.SitesCommand;
import dev.perch.cli.topology.TopologyCommand;
import dev.perch.cli.tsn.TsnCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private static final Map<String, Supplier<?>> NOUNS = new LinkedHashMap<>();

  static {
    NOUNS.put("sites", SitesCommand::new);
    NOUNS.put("hosts", HostsCommand::new);
    NOUNS.put("groups", GroupsCommand::new);
    NOUNS.put("facts", FactsCommand::new);
    NOUNS.put("operations", OperationsCommand::new);
    NOUNS.put("alarms", AlarmsCommand::new);
    NOUNS.put("events", EventsCommand::new);
    NOUNS.put("topology", TopologyCommand::new);
    NOUNS.put("certs", CertsCommand::new);
    NOUNS.put("issuers", IssuersCommand::new);
    NOUNS.put("clusters", ClustersCommand::new);
    NOUNS.put("rules", RulesCommand::new);
    NOUNS.put("tsn", TsnCommand::new);
    NOUNS.put("login", LoginCommand::new);
    NOUNS.put("logout", LogoutCommand::new);
    NOUNS.put("contexts", ContextsCommand::new);
    NOUNS.put("completion", CompletionCommand::new);
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
    return commandLine(environment, NOUNS.keySet(), null);
  }

  /** As much of it as these arguments need: reading the annotations of all takes its time. */
  static CommandLine commandLineFor(Environment environment, String... arguments) {
    return arguments.length > 0 && NOUNS.containsKey(arguments[0])
        ? commandLine(environment, Set.of(arguments[0]), arguments.length > 1 ? arguments[1] : null)
        : commandLine(environment);
  }

  private static CommandLine commandLine(
      Environment environment, Set<String> nouns, @Nullable String verb) {
    CommandLine line = new CommandLine(new Main(environment));
    for (String name : nouns) {
      Object noun = Objects.requireNonNull(NOUNS.get(name)).get();
      line.addSubcommand(name, noun instanceof Noun verbs ? verbs.commandLine(verb) : noun);
    }
    return line.setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, command));
  }

  /** Says what went wrong, without a stack trace where it is no fault of ours. */
  private static int told(Exception failure, CommandLine command) throws Exception {
    PrintWriter err = command.getErr();
    return switch (failure) {
      case Failure known -> {
        Iterator<String> lines = known.lines().iterator();
        err.println("perch: " + lines.next());
        lines.forEachRemaining(err::println);
        yield known.exitCode();
      }
      case NoSuchFileException missing -> {
        err.println("perch: there is no file " + missing.getFile());
        yield ExitCode.BAD_INPUT;
      }
      case IOException io -> {
        err.println("perch: " + io.getMessage());
        yield ExitCode.FAILED;
      }
      default -> throw failure;
    };
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
