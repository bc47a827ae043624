package dev.perch.cli.site;

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
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch sites set}. */
@Command(
    name = "set",
    description = "Changes a site's name or labels; what is not named stays.",
    footer = {
      "  perch sites set north-1 --label region=east --label spare-",
      "  perch sites set north-1 --name north-2 --reason 'renumbered'"
    })
final class SetSite extends Verb {
  @Parameters(paramLabel = "SITE", description = "Its name or id.")
  private String site = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode patch = Json.MAPPER.createObjectNode();
    if (name != null) {
      patch.put("name", name);
    }
    labels.into(patch);
    Rest inventory = perch.inventory();
    screen.one(Patches.apply(inventory, new Sites(inventory).path(site), patch, reason));
    return ExitCode.DONE;
  }
}
