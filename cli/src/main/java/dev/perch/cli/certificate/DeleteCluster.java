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

/** {@code perch clusters delete}. */
@Command(
    name = "delete",
    description = "Removes a cluster that no certificate is published to.",
    footer = "  perch clusters delete north-1 --reason 'replaced'")
final class DeleteCluster extends Verb {
  @Parameters(paramLabel = "CLUSTER", description = "Its name or id.")
  private String cluster = "";

  @Option(
      names = "--abandon",
      description = "Also if Secrets there could not be deleted yet: they stay there.")
  private boolean abandon;

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    String path = certmon.cluster(cluster);
    Answer now = certmon.rest().send(Call.get(path));
    Call delete = Call.delete(path, now.etag()).with("abandon", abandon ? true : null);
    certmon.rest().send(delete.withReason(reason.text()));
    screen.say("Removed " + cluster);
    return ExitCode.DONE;
  }
}
