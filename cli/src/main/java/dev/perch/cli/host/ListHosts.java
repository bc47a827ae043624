package dev.perch.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import dev.perch.cli.site.Sites;
import dev.perch.contract.inventory.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch hosts list}. */
@Command(
    name = "list",
    description = "Shows hosts, in the order of their names.",
    footer = {
      "  perch hosts list",
      "  perch hosts list --site north-1 --availability offline,failed",
      "  perch hosts list -l 'rack=a1,!spare' -o json",
      "  perch hosts list --group edge-north",
      "  perch hosts list --site north-1 --watch"
    })
final class ListHosts extends ListVerb {
  @Option(names = "--site", split = ",", paramLabel = "SITE", description = "At these sites.")
  private List<String> sites = List.of();

  @Option(names = "--name", paramLabel = "PREFIX", description = "Whose name begins with it.")
  private @Nullable String name;

  @Option(
      names = "--personality",
      split = ",",
      paramLabel = "PERSONALITY",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Host.Personality> personalities = List.of();

  @Option(
      names = "--administrative",
      split = ",",
      paramLabel = "STATE",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Host.Administrative> administrative = List.of();

  @Option(
      names = "--operational",
      split = ",",
      paramLabel = "STATE",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Host.Operational> operational = List.of();

  @Option(
      names = "--availability",
      split = ",",
      paramLabel = "STATE",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Host.Availability> availability = List.of();

  @Option(
      names = "--lifecycle",
      split = ",",
      paramLabel = "STATE",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Host.Lifecycle> lifecycle = List.of();

  @Option(
      names = {"-l", "--labels"},
      paramLabel = "SELECTOR",
      description = "As in Kubernetes: rack=a1,zone in (x,y),!spare.")
  private @Nullable String labels;

  @Option(names = "--group", paramLabel = "GROUP", description = "That this group selects.")
  private @Nullable String group;

  @Override
  protected Call list(Perch perch) throws IOException, InterruptedException, Failure {
    return changes(perch)
        .with("name", name)
        .withAny("personality", personalities)
        .withAny("administrative", administrative)
        .withAny("operational", operational)
        .withAny("availability", availability)
        .withAny("lifecycle", lifecycle)
        .with("labels", labels)
        .with("group", group);
  }

  @Override
  protected Call changes(Perch perch) throws IOException, InterruptedException, Failure {
    Sites known = new Sites(perch.inventory());
    List<String> ids = new ArrayList<>();
    for (String site : sites) {
      ids.add(known.id(site));
    }
    return Call.get("/v1/hosts").withAny("site", ids);
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items)
      throws IOException, InterruptedException, Failure {
    Map<String, String> names = items.isEmpty() ? Map.of() : new Sites(perch.inventory()).names();
    return Table.of(
        new Column(
            "HOST",
            host -> {
              String site = host.path("siteId").asText();
              return names.getOrDefault(site, site) + "/" + host.path("name").asText();
            }),
        Column.word("PERSONALITY", "/personality"),
        Column.word("LIFECYCLE", "/state/lifecycle"),
        Column.word("ADMINISTRATIVE", "/state/administrative"),
        Column.word("OPERATIONAL", "/state/operational"),
        Column.word("AVAILABILITY", "/state/availability"),
        Column.labels("LABELS", "/labels"),
        Column.id("ID", "/id"));
  }
}
