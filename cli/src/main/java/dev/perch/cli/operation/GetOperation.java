package dev.perch.cli.operation;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch operations get}. */
@Command(
    name = "get",
    description = "Shows one operation with its steps.",
    footer = "  perch operations get 019f5a3c-7b1e-7c4d-9a50-2f6d8e1b3c4a")
final class GetOperation extends Verb {
  @Parameters(paramLabel = "ID", description = "Of the operation.")
  private String id = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    screen.one(perch.inventory().send(Call.get("/v1/operations/" + Call.encoded(id))).body());
    return ExitCode.DONE;
  }
}
