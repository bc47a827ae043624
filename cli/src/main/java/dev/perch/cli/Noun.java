package dev.perch.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a command is about; its verbs do the work. */
@Command(
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footerHeading = "%nExamples:%n")
public abstract class Noun implements Runnable {
  private final Map<String, Class<? extends Callable<Integer>>> verbs = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Adds a verb; each has one class, whose annotation is not read before it is needed. */
  protected final void verb(String name, Class<? extends Callable<Integer>> command) {
    verbs.put(name, command);
  }

  /** The command line of this noun, with the verb that is named or with all of them. */
  final CommandLine commandLine(@Nullable String verb) {
    CommandLine line = new CommandLine(this);
    Set<String> wanted = verb != null && verbs.containsKey(verb) ? Set.of(verb) : verbs.keySet();
    wanted.forEach(name -> line.addSubcommand(name, verbs.get(name)));
    return line;
  }

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", verbs.keySet()));
  }
}
