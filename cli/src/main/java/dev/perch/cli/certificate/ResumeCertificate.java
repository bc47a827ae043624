package dev.perch.cli.certificate;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code perch certs resume}. */
@Command(
    name = "resume",
    description = "Renews a suspended certificate again as its policy says.",
    footer = "  perch certs resume h-1.edge.example")
final class ResumeCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    Call call =
        Call.post(certmon.certificate(certificate) + "/resume", Json.MAPPER.createObjectNode());
    screen.one(certmon.rest().send(call.withReason(reason.text())).body());
    return ExitCode.DONE;
  }
}
