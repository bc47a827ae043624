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

/** {@code perch rules get}. */
@Command(name = "get", description = "Shows one rule.", footer = "  perch rules get web")
final class GetRule extends Verb {
  @Parameters(paramLabel = "RULE", description = "Its name or id.")
  private String rule = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    screen.one(certmon.rest().send(Call.get(certmon.rule(rule))).body());
    return ExitCode.DONE;
  }
}
