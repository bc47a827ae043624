package dev.perch.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts import}. */
@Command(
    name = "import",
    description = {
      "Registers and changes many hosts. CSV has the columns site, name, personality, labels and"
          + " bmc; JSON (*.json) is an array of objects with these fields. One bad row refuses the"
          + " file.",
      ""
    },
    footer = {
      "  perch hosts import hosts.csv --dry-run",
      "  perch hosts import hosts.csv --skip-bad --reason 'order 4711'",
      "  perch hosts import hosts.json -o json"
    })
final class ImportHosts extends Verb {
  private static final Table BAD =
      Table.of(
          Column.of("ROW", "/row"),
          Column.of("FIELD", "/field"),
          Column.json("FOUND", "/found"),
          Column.of("REMEDY", "/remedy"));

  @Parameters(paramLabel = "FILE", description = "*.csv or *.json.")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Changes nothing; lists every bad row.")
  private boolean dryRun;

  @Option(names = "--skip-bad", description = "Takes the good rows, although others are bad.")
  private boolean skipBad;

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    String type = file.toString().endsWith(".json") ? "application/json" : "text/csv";
    Call call =
        Call.upload("/v1/hosts/import", type, Files.readAllBytes(file))
            .with("dryRun", dryRun ? true : null)
            .with("badRows", skipBad ? "skip" : null)
            .withReason(reason.text());
    JsonNode report = perch.inventory().send(call).body();
    screen.show(report, bad(report), BAD);
    screen.say(summary(report));
    return report.path("refused").asInt() == 0 ? ExitCode.DONE : ExitCode.NOT_ALL;
  }

  private String summary(JsonNode report) {
    return "%d rows: %d %screated, %d changed, %d unchanged, %d bad"
        .formatted(
            report.path("rows").asInt(),
            report.path("created").asInt(),
            dryRun ? "would be " : "",
            report.path("changed").asInt(),
            report.path("unchanged").asInt(),
            report.path("refused").asInt());
  }

  /** One item for each violation, with the number of its row. */
  private static List<JsonNode> bad(JsonNode report) {
    List<JsonNode> bad = new ArrayList<>();
    for (JsonNode refusal : report.path("refusals")) {
      for (JsonNode violation : refusal.path("violations")) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.set("row", refusal.path("row"));
        violation.properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        bad.add(row);
      }
    }
    return bad;
  }
}
