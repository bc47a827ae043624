package dev.perch.cli.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.host.Hosts;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import dev.perch.cli.site.Sites;
import dev.perch.contract.operation.Operation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch operations list}. */
@Command(
    name = "list",
    description = "Shows operations, newest first.",
    footer = {
      "  perch operations list",
      "  perch operations list --state pending,running --kind host.lock",
      "  perch operations list --host north-1/edge-1 --limit 5",
      "  perch operations list --watch"
    })
final class ListOperations extends ListVerb {
  @Option(names = "--host", paramLabel = "HOST", description = "Those on this host.")
  private @Nullable String host;

  @Option(names = "--site", paramLabel = "SITE", description = "Those at this site.")
  private @Nullable String site;

  @Option(names = "--kind", split = ",", paramLabel = "KIND", description = "host.lock, …")
  private List<String> kinds = List.of();

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Operation.State> states = List.of();

  @Override
  protected Call list(Perch perch) throws IOException, InterruptedException, Failure {
    Call list = Call.get("/v1/operations").withAny("kind", kinds).withAny("state", states);
    if (host != null) {
      list = list.with("target", "hosts/" + new Hosts(perch.inventory()).id(host));
    }
    return site == null ? list : list.with("site", new Sites(perch.inventory()).id(site));
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/operations");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("ID", "/id"),
        Column.of("KIND", "/kind"),
        Column.word("STATE", "/state"),
        new Column("STEP", Waiting::step),
        Column.time("CREATED", "/createdAt"),
        Column.of("TARGET", "/target"),
        Column.of("REASON", "/reason"));
  }
}
