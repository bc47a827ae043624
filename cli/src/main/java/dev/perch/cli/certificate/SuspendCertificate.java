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

/** {@code perch certs suspend}. */
@Command(
    name = "suspend",
    description = "Does not renew a certificate until it is resumed.",
    footer = "  perch certs suspend h-1.edge.example")
final class SuspendCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    Call call =
        Call.post(certmon.certificate(certificate) + "/suspend", Json.MAPPER.createObjectNode());
    screen.one(certmon.rest().send(call.withReason(reason.text())).body());
    return ExitCode.DONE;
  }
}
