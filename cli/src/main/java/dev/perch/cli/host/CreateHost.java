package dev.perch.cli.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.site.Sites;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts create}. */
@Command(
    name = "create",
    description = "Registers a host.",
    footer = {
      "  perch hosts create north-1/edge-1 --label rack=a1",
      "  perch hosts create north-1/edge-2 --personality storage --bmc https://192.0.2.7"
    })
final class CreateHost extends Verb {
  @Parameters(paramLabel = "SITE/NAME", description = "Where, and an RFC 1123 name.")
  private String host = "";

  @Option(
      names = "--personality",
      paramLabel = "PERSONALITY",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Host.Personality personality = Host.Personality.WORKER;

  @Option(names = "--bmc", paramLabel = "ADDRESS", description = "Of its management controller.")
  private @Nullable String bmc;

  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Hosts.Named named = Hosts.Named.of(host);
    ObjectNode body =
        Json.MAPPER
            .createObjectNode()
            .put("siteId", new Sites(inventory).id(named.site()))
            .put("name", named.name())
            .put("personality", personality.name());
    if (bmc != null) {
      body.putObject("bmc").put("address", bmc);
    }
    labels.into(body);
    Call create = Call.create("/v1/hosts", body).withReason(reason.text());
    screen.one(inventory.send(create).body());
    return ExitCode.DONE;
  }
}
