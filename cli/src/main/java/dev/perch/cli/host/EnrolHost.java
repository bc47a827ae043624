package dev.perch.cli.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.site.Sites;
import dev.perch.contract.Json;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts enrol}. */
@Command(
    name = "enrol",
    description = {
      "Makes a one-time token with which a host's agent enrols. A host that is not registered is"
          + " registered. The token is shown this once."
    },
    footer = {
      "  perch hosts enrol north-1/edge-1",
      "  perch hosts enrol north-1/edge-1 --valid PT30M --replace"
    })
final class EnrolHost extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(names = "--valid", paramLabel = "DURATION", description = "How long: PT1H, P7D.")
  private @Nullable Duration valid;

  @Option(
      names = "--replace",
      description = "It has an agent already, whose key goes when the token is used.")
  private boolean replace;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    ObjectNode body = Json.MAPPER.createObjectNode();
    if (Sites.isId(host)) {
      body.put("hostId", host);
    } else {
      Hosts.Named named = Hosts.Named.of(host);
      body.put("siteId", new Sites(inventory).id(named.site())).put("name", named.name());
    }
    if (valid != null) {
      body.put("validForSeconds", valid.toSeconds());
    }
    if (replace) {
      body.put("replace", true);
    }
    screen.one(inventory.send(Call.post("/v1/enrolment-tokens", body)).body());
    return ExitCode.DONE;
  }
}
