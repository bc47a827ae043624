package dev.perch.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code perch sites create}. */
@Command(
    name = "create",
    description = "Makes a site.",
    footer = "  perch sites create north-1 --label region=north --reason 'order 4711'")
final class CreateSite extends Verb {
  @Parameters(paramLabel = "NAME", description = "An RFC 1123 name: north-1.")
  private String name = "";

  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode body = Json.MAPPER.createObjectNode().put("name", name);
    labels.into(body);
    Call create = Call.create("/v1/sites", body).withReason(reason.text());
    screen.one(perch.inventory().send(create).body());
    return ExitCode.DONE;
  }
}
