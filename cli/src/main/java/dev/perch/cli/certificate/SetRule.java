package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Patches;
import dev.perch.cli.resource.Reason;
import dev.perch.contract.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch rules set}. */
@Command(
    name = "set",
    description = "Changes a rule, and with it its certificates; what is not named stays.",
    footer = {
      "  perch rules set web --selector 'role=web,!spare'",
      "  perch rules set web --life P30D --reason 'shorter from now on'"
    })
final class SetRule extends Verb {
  @Parameters(paramLabel = "RULE", description = "Its name or id.")
  private String rule = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Mixin private RuleOptions options = new RuleOptions();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode patch = Json.MAPPER.createObjectNode();
    Said.text(patch, "name", name);
    options.into(patch, perch);
    screen.one(Patches.apply(certmon.rest(), certmon.rule(rule), patch, reason));
    return ExitCode.DONE;
  }
}
