package dev.perch.cli.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch groups create}. */
@Command(
    name = "create",
    description = "Names a selection of hosts.",
    footer = {
      "  perch groups create edge-north --selector 'site in (north-1,north-2),zone=edge'",
      "  perch groups create spares --selector spare --description 'not in use'"
    })
final class CreateGroup extends Verb {
  @Parameters(paramLabel = "NAME", description = "An RFC 1123 name: edge-north.")
  private String name = "";

  @Option(
      names = {"-s", "--selector"},
      required = true,
      paramLabel = "SELECTOR",
      description = Groups.SELECTOR)
  private String selector = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode body = Json.MAPPER.createObjectNode().put("name", name).put("selector", selector);
    if (description != null) {
      body.put("description", description);
    }
    Call create = Call.create("/v1/groups", body).withReason(reason.text());
    screen.one(perch.inventory().send(create).body());
    return ExitCode.DONE;
  }
}
