package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch rules list}. */
@Command(
    name = "list",
    description = "Shows rules, in the order of their names.",
    footer = {"  perch rules list", "  perch rules list --watch"})
final class ListRules extends ListVerb {
  @Option(names = "--name", paramLabel = "PREFIX", description = "Whose name begins with it.")
  private @Nullable String name;

  @Option(
      names = {"-l", "--labels"},
      paramLabel = "SELECTOR",
      description = "Of the rules, as in Kubernetes: tier in (a,b),!spare.")
  private @Nullable String labels;

  @Override
  protected Rest service(Perch perch) throws Failure {
    return Certmon.of(perch).rest();
  }

  @Override
  protected Call list(Perch perch) {
    return Call.get("/v1/rules").with("name", name).with("labels", labels);
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/rules");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("NAME", "/name"),
        Column.of("SELECTOR", "/selector"),
        Column.of("FOR", "/names/0"),
        Column.of("FOLDER", "/target/folder"),
        Column.labels("LABELS", "/labels"),
        Column.id("ID", "/id"));
  }
}
