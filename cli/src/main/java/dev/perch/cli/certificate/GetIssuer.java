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

/** {@code perch issuers get}. */
@Command(name = "get", description = "Shows one issuer.", footer = "  perch issuers get edge")
final class GetIssuer extends Verb {
  @Parameters(paramLabel = "ISSUER", description = "Its name or id.")
  private String issuer = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    screen.one(certmon.rest().send(Call.get(certmon.issuer(issuer))).body());
    return ExitCode.DONE;
  }
}
