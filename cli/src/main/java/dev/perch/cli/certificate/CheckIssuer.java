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
import picocli.CommandLine.Parameters;

/** {@code perch issuers check}. */
@Command(
    name = "check",
    description = "Asks whether an issuer could sign now; 1 if something is in the way.",
    footer = "  perch issuers check edge")
final class CheckIssuer extends Verb {
  @Parameters(paramLabel = "ISSUER", description = "Its name or id.")
  private String issuer = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    JsonNode checked = certmon.rest().send(Call.get(certmon.issuer(issuer) + "/check")).body();
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
