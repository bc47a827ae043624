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

/** {@code perch certs rollback}. */
@Command(
    name = "rollback",
    description = "Uses a revision again that was used before, with its key.",
    footer = "  perch certs rollback h-1.edge.example --revision 3")
final class RollBackCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Option(names = "--revision", paramLabel = "NUMBER", required = true, description = "Which.")
  private int revision;

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode body = Json.MAPPER.createObjectNode().put("revision", revision);
    Call back = Call.post(certmon.certificate(certificate) + "/rollback", body);
    screen.one(certmon.rest().send(back.withReason(reason.text())).body());
    return ExitCode.DONE;
  }
}
