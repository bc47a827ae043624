package dev.perch.cli.certificate;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Patches;
import dev.perch.cli.resource.Reason;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code perch certs delete}. */
@Command(
    name = "delete",
    description = "Removes a certificate with its keys; what is still valid is revoked.",
    footer = "  perch certs delete h-1.edge.example --reason 'host is gone'")
final class DeleteCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    Patches.remove(certmon.rest(), certmon.certificate(certificate), reason);
    screen.say("Removed " + certificate);
    return ExitCode.DONE;
  }
}
