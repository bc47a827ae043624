package dev.perch.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Perch;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch groups list}. */
@Command(
    name = "list",
    description = "Shows groups, in the order of their names.",
    footer = {"  perch groups list", "  perch groups list --watch"})
final class ListGroups extends ListVerb {
  @Option(names = "--name", paramLabel = "PREFIX", description = "Whose name begins with it.")
  private @Nullable String name;

  @Override
  protected Call list(Perch perch) {
    return Call.get("/v1/groups").with("name", name);
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/groups");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("NAME", "/name"),
        Column.of("SELECTOR", "/selector"),
        Column.of("DESCRIPTION", "/description"),
        Column.id("ID", "/id"));
  }
}
