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

/** {@code perch clusters get}. */
@Command(name = "get", description = "Shows one cluster.", footer = "  perch clusters get north-1")
final class GetCluster extends Verb {
  @Parameters(paramLabel = "CLUSTER", description = "Its name or id.")
  private String cluster = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    screen.one(certmon.rest().send(Call.get(certmon.cluster(cluster))).body());
    return ExitCode.DONE;
  }
}
