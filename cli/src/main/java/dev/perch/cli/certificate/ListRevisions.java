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

/** {@code perch certs revisions}. */
@Command(
    name = "revisions",
    description = "Shows what was issued of a certificate, newest first.",
    footer = "  perch certs revisions h-1.edge.example")
final class ListRevisions extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    List<JsonNode> revisions =
        certmon
            .rest()
            .send(Call.get(certmon.certificate(certificate) + "/revisions"))
            .body()
            .path("items")
            .valueStream()
            .toList();
    screen.list(
        revisions,
        Table.of(
            Column.of("REVISION", "/number"),
            Column.word("STATUS", "/status"),
            Column.time("FROM", "/notBefore"),
            Column.time("UNTIL", "/notAfter"),
            Column.of("SERIAL", "/serial"),
            Column.of("FLAWS", "/flaws")));
    return ExitCode.DONE;
  }
}
