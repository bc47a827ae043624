package dev.perch.cli.certificate;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch certs chain}. */
@Command(
    name = "chain",
    description = "Prints the chain of the revision in use: PEM, whatever -o says.",
    footer = "  perch certs chain h-1.edge.example > h-1.pem")
final class PrintChain extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    try (InputStream pem =
        certmon.rest().open(Call.get(certmon.certificate(certificate) + "/chain"))) {
      screen.out().print(new String(pem.readAllBytes(), StandardCharsets.US_ASCII));
      screen.out().flush();
    }
    return ExitCode.DONE;
  }
}
