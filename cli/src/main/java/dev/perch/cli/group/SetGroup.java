package dev.perch.cli.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
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

/** {@code perch groups set}. */
@Command(
    name = "set",
    description = "Changes a group's name, selector or description; what is not named stays.",
    footer = "  perch groups set edge-north --selector 'site=north-1' --reason 'north-2 is closed'")
final class SetGroup extends Verb {
  @Parameters(paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Option(
      names = {"-s", "--selector"},
      paramLabel = "SELECTOR",
      description = Groups.SELECTOR)
  private @Nullable String selector;

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode patch = Json.MAPPER.createObjectNode();
    put(patch, "name", name);
    put(patch, "selector", selector);
    put(patch, "description", description);
    Rest inventory = perch.inventory();
    screen.one(Patches.apply(inventory, new Groups(inventory).path(group), patch, reason));
    return ExitCode.DONE;
  }

  private static void put(ObjectNode patch, String field, @Nullable String value) {
    if (value != null) {
      patch.put(field, value);
    }
  }
}
