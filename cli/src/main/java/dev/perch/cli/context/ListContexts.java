package dev.perch.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Main;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Format;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.contract.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perch contexts list}. */
@Command(
    name = "list",
    description = "Shows the contexts; a star is at the one in use.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  perch contexts list")
final class ListContexts implements Callable<Integer> {
  private static final Table TABLE =
      Table.of(
          new Column("USED", context -> context.path("used").asBoolean() ? "*" : ""),
          Column.of("NAME", "/name"),
          Column.of("INVENTORY", "/services/inventory"),
          Column.of("ISSUER", "/issuer"),
          Column.of("KAFKA", "/kafka"));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; table unless given.")
  private Format format = Format.table;

  @Override
  public Integer call() throws IOException, Failure {
    Environment environment = Main.environment(spec);
    Contexts contexts = Contexts.of(environment);
    List<JsonNode> rows = new ArrayList<>();
    rows.add(row(Contexts.LOCAL, local(environment), contexts));
    contexts.contexts().forEach((name, context) -> rows.add(row(name, context, contexts)));
    Screen screen =
        new Screen(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            format,
            environment.columns());
    screen.list(rows, TABLE);
    return ExitCode.DONE;
  }

  private static JsonNode row(String name, @Nullable Context context, Contexts contexts) {
    ObjectNode row = Json.MAPPER.createObjectNode().put("name", name);
    row.put("used", name.equals(contexts.inUse()));
    return context == null ? row : row.setAll((ObjectNode) Json.MAPPER.valueToTree(context));
  }

  /** Null if nothing runs. */
  private static @Nullable Context local(Environment environment) throws IOException {
    try {
      return LocalStack.at(environment.state()).context();
    } catch (Failure nothingRuns) {
      return null;
    }
  }
}
