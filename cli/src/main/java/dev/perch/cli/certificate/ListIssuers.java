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

/** {@code perch issuers list}. */
@Command(
    name = "list",
    description = "Shows issuers, in the order of their names.",
    footer = {"  perch issuers list", "  perch issuers list --watch"})
final class ListIssuers extends ListVerb {
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
    return Call.get("/v1/issuers").with("name", name).with("labels", labels);
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/issuers");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("NAME", "/name"),
        Column.word("KIND", "/kind"),
        Column.word("STATE", "/state"),
        Column.time("UNTIL", "/authority/notAfter"),
        Column.labels("LABELS", "/labels"),
        Column.id("ID", "/id"));
  }
}
