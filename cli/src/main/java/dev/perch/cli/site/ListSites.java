package dev.perch.cli.site;

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

/** {@code perch sites list}. */
@Command(
    name = "list",
    description = "Shows sites, in the order of their names.",
    footer = {
      "  perch sites list",
      "  perch sites list --labels 'region in (north,east)' -o json",
      "  perch sites list --watch"
    })
final class ListSites extends ListVerb {
  @Option(names = "--name", paramLabel = "PREFIX", description = "Whose name begins with it.")
  private @Nullable String name;

  @Option(
      names = {"-l", "--labels"},
      paramLabel = "SELECTOR",
      description = "As in Kubernetes: region=north,tier in (a,b),!spare.")
  private @Nullable String labels;

  @Override
  protected Call list(Perch perch) {
    return Call.get("/v1/sites").with("name", name).with("labels", labels);
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/sites");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("NAME", "/name"),
        Column.labels("LABELS", "/labels"),
        Column.time("UPDATED", "/updatedAt"),
        Column.id("ID", "/id"));
  }
}
