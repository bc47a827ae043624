package dev.perch.cli.certificate;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Answer;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch issuers delete}. */
@Command(
    name = "delete",
    description = "Removes an issuer that no certificate names, with its key.",
    footer = "  perch issuers delete edge --reason 'replaced'")
final class DeleteIssuer extends Verb {
  @Parameters(paramLabel = "ISSUER", description = "Its name or id.")
  private String issuer = "";

  @Option(
      names = "--force",
      description =
          "Also if its authority is gone for good and was not told of all that is revoked.")
  private boolean force;

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    String path = certmon.issuer(issuer);
    Answer now = certmon.rest().send(Call.get(path));
    Call delete = Call.delete(path, now.etag()).with("force", force ? true : null);
    long undone =
        certmon.rest().send(delete.withReason(reason.text())).body().path("count").asLong();
    screen.say("Removed " + issuer);
    if (undone > 0) {
      screen.say("It was never told that " + undone + " of its certificates are revoked.");
    }
    return ExitCode.DONE;
  }
}
