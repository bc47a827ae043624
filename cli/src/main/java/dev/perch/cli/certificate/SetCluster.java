package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Patches;
import dev.perch.cli.resource.Reason;
import dev.perch.contract.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code perch clusters set}. */
@Command(
    name = "set",
    description = "Changes a cluster; what is not named stays. A new credential replaces the old.",
    footer = "  perch clusters set north-1 --token-file token")
final class SetCluster extends Verb {
  @Parameters(paramLabel = "CLUSTER", description = "Its name or id.")
  private String cluster = "";

  @Mixin private ClusterOptions options = new ClusterOptions();
  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode patch = Json.MAPPER.createObjectNode();
    options.into(patch);
    labels.into(patch);
    screen.one(Patches.apply(certmon.rest(), certmon.cluster(cluster), patch, reason));
    return ExitCode.DONE;
  }
}
