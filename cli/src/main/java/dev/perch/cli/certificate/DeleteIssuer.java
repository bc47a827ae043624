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

/** {@code perch issuers delete}. */
@Command(
    name = "delete",
    description = "Removes an issuer that no certificate names, with its key.",
    footer = "  perch issuers delete edge --reason 'replaced'")
final class DeleteIssuer extends Verb {
  @Parameters(paramLabel = "ISSUER", description = "Its name or id.")
  private String issuer = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    Patches.remove(certmon.rest(), certmon.issuer(issuer), reason);
    screen.say("Removed " + issuer);
    return ExitCode.DONE;
  }
}
