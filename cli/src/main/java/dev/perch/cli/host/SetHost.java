package dev.perch.cli.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Patches;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Rest;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts set}. */
@Command(
    name = "set",
    description = "Changes what an operator says of a host; what is not named stays.",
    footer = {
      "  perch hosts set north-1/edge-1 --label rack=b2 --reason 'moved to another rack'",
      "  perch hosts set north-1/edge-1 --label spare- --bmc https://192.0.2.8"
    })
final class SetHost extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Option(
      names = "--personality",
      paramLabel = "PERSONALITY",
      description = "${COMPLETION-CANDIDATES}.")
  private Host.@Nullable Personality personality;

  @Option(names = "--bmc", paramLabel = "ADDRESS", description = "Of its management controller.")
  private @Nullable String bmc;

  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode patch = Json.MAPPER.createObjectNode();
    if (name != null) {
      patch.put("name", name);
    }
    if (personality != null) {
      patch.put("personality", personality.name());
    }
    if (bmc != null) {
      patch.putObject("bmc").put("address", bmc);
    }
    labels.into(patch);
    Rest inventory = perch.inventory();
    screen.one(Patches.apply(inventory, new Hosts(inventory).path(host), patch, reason));
    return ExitCode.DONE;
  }
}
