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

/** {@code perch rules delete}. */
@Command(
    name = "delete",
    description = "Removes a rule; its certificates are revoked and removed.",
    footer = "  perch rules delete web --reason 'nginx is gone'")
final class DeleteRule extends Verb {
  @Parameters(paramLabel = "RULE", description = "Its name or id.")
  private String rule = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    Patches.remove(certmon.rest(), certmon.rule(rule), reason);
    screen.say("Removed " + rule + "; its certificates follow");
    return ExitCode.DONE;
  }
}
