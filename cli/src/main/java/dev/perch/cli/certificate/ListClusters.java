package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch clusters list}. */
@Command(
    name = "list",
    description = "Shows clusters, in the order of their names.",
    footer = {"  perch clusters list", "  perch clusters list --watch"})
final class ListClusters extends ListVerb {
  @Option(names = "--name", paramLabel = "PREFIX", description = "Whose name begins with it.")
  private @Nullable String name;

  @Option(
      names = {"-l", "--labels"},
      paramLabel = "SELECTOR",
      description = "As in Kubernetes: region=north,tier in (a,b),!spare.")
  private @Nullable String labels;

  @Override
  protected Rest service(Perch perch) throws Failure {
    return Certmon.of(perch).rest();
  }

  @Override
  protected Call list(Perch perch) throws IOException, InterruptedException, Failure {
    return Call.get("/v1/clusters").with("name", name).with("labels", labels);
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/clusters");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("NAME", "/name"),
        Column.of("SERVER", "/server"),
        Column.word("STATE", "/state"),
        Column.of("FAILURE", "/failure/code"),
        Column.labels("LABELS", "/labels"),
        Column.id("ID", "/id"));
  }
}
