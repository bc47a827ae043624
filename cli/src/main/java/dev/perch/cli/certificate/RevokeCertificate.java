package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch certs revoke}. */
@Command(
    name = "revoke",
    description = "Revokes a certificate; it is not renewed until that is asked for.",
    footer =
        "  perch certs revoke h-1.edge.example --because KEY_COMPROMISE --reason 'disk stolen'")
final class RevokeCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Option(
      names = "--because",
      paramLabel = "CODE",
      required = true,
      description =
          "KEY_COMPROMISE, SUPERSEDED, CESSATION_OF_OPERATION, AFFILIATION_CHANGED, CA_COMPROMISE"
              + " or UNSPECIFIED (RFC 5280).")
  private String because = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode body = Json.MAPPER.createObjectNode().put("reason", because);
    Call revoke = Call.post(certmon.certificate(certificate) + "/revoke", body);
    screen.one(certmon.rest().send(revoke.withReason(reason.text())).body());
    return ExitCode.DONE;
  }
}
