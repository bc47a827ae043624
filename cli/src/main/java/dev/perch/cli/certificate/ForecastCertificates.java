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
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch certs forecast}. */
@Command(
    name = "forecast",
    description = "Shows what runs out, soonest first: certificates and CAs.",
    footer = {
      "  perch certs forecast --within P30D",
      "  perch certs forecast --svg > forecast.svg"
    })
final class ForecastCertificates extends Verb {
  @Option(names = "--within", paramLabel = "DURATION", description = "P90D unless given.")
  private Duration within = Duration.ofDays(90);

  @Option(names = "--svg", description = "Prints a time line: SVG, whatever -o says.")
  private boolean svg;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest certmon = Certmon.of(perch).rest();
    Call forecast = Call.get("/v1/forecast").with("within", within);
    if (svg) {
      try (InputStream picture = certmon.open(forecast.withHeader("Accept", "image/svg+xml"))) {
        screen.out().print(new String(picture.readAllBytes(), StandardCharsets.UTF_8));
        screen.out().flush();
      }
      return ExitCode.DONE;
    }
    JsonNode found = certmon.send(forecast).body();
    screen.show(
        found,
        found.path("items").valueStream().toList(),
        Table.of(
            Column.time("UNTIL", "/notAfter"),
            Column.word("KIND", "/kind"),
            Column.of("NAME", "/name"),
            Column.time("RENEWED", "/renewAt"),
            Column.id("ID", "/id")));
    return ExitCode.DONE;
  }
}
