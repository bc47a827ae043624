package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch clusters check}. */
@Command(
    name = "check",
    description =
        "Asks whether certificates could be published to a cluster now; 1 if something is in the"
            + " way.",
    footer = "  perch clusters check north-1 --namespace ingress")
final class CheckCluster extends Verb {
  @Parameters(paramLabel = "CLUSTER", description = "Its name or id.")
  private String cluster = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Besides those that certificates are published to. Repeatable.")
  private List<String> namespaces = List.of();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    Call check = Call.get(certmon.cluster(cluster) + "/check").withAny("namespace", namespaces);
    JsonNode checked = certmon.rest().send(check).body();
    List<JsonNode> findings = checked.path("findings").valueStream().toList();
    screen.show(
        checked,
        findings,
        Table.of(
            Column.of("CODE", "/code"),
            Column.of("FOUND", "/detail"),
            Column.of("REMEDY", "/remedy")));
    return checked.path("ok").asBoolean() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
