package dev.perch.cli.operation;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code perch operations cancel}. */
@Command(
    name = "cancel",
    description = "Cancels an operation; what it did is undone.",
    footer = "  perch operations cancel 019f5a3c-7b1e-7c4d-9a50-2f6d8e1b3c4a")
final class CancelOperation extends Verb {
  @Parameters(paramLabel = "ID", description = "Of the operation.")
  private String id = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Call cancel =
        Call.post("/v1/operations/" + Call.encoded(id) + "/cancel", Json.MAPPER.createObjectNode())
            .withReason(reason.text());
    screen.one(perch.inventory().send(cancel).body());
    return ExitCode.DONE;
  }
}
