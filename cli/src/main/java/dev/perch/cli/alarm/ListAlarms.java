package dev.perch.cli.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.host.Hosts;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import dev.perch.contract.alarm.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch alarms list}. */
@Command(
    name = "list",
    description = "Shows active alarms, worst first.",
    footer = {
      "  perch alarms list",
      "  perch alarms list --severity critical,major --acknowledged false",
      "  perch alarms list --alarm host-offline --watch"
    })
final class ListAlarms extends ListVerb {
  @Option(
      names = "--severity",
      split = ",",
      paramLabel = "SEVERITY",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Severity> severities = List.of();

  @Option(names = "--alarm", split = ",", paramLabel = "KIND", description = "host-offline, …")
  private List<String> kinds = List.of();

  @Option(names = "--entity", split = ",", paramLabel = "ENTITY", description = "About these.")
  private List<String> entities = List.of();

  @Option(names = "--host", paramLabel = "HOST", description = "About this host.")
  private @Nullable String host;

  @Option(
      names = "--acknowledged",
      arity = "1",
      paramLabel = "true|false",
      description = "Those that somebody has taken on, or has not.")
  private @Nullable Boolean acknowledged;

  @Override
  protected Call list(Perch perch) throws IOException, InterruptedException, Failure {
    List<String> about = new ArrayList<>(entities);
    if (host != null) {
      about.add(new Hosts(perch.inventory()).id(host));
    }
    return changes(perch)
        .withAny("severity", severities)
        .withAny("alarmId", kinds)
        .withAny("entity", about)
        .with("acknowledged", acknowledged);
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/alarms");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.word("SEVERITY", "/severity"),
        Column.of("ALARM", "/id"),
        Column.time("RAISED", "/raisedAt"),
        Column.of("ACKNOWLEDGED", "/acknowledgedBy"),
        Column.of("TEXT", "/text"));
  }
}
