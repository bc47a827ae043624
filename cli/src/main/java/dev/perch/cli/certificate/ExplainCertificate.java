package dev.perch.cli.certificate;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch certs explain}. */
@Command(
    name = "explain",
    description = "Says why a certificate has not been renewed yet, and when it will be.",
    footer = "  perch certs explain h-1.edge.example")
final class ExplainCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    screen.one(certmon.rest().send(Call.get(certmon.certificate(certificate) + "/explain")).body());
    return ExitCode.DONE;
  }
}
