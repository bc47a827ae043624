package dev.perch.cli.operation;

import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch operations wait}. */
@Command(
    name = "wait",
    description = "Waits until an operation is at its end, and shows its steps meanwhile.",
    footer = "  perch operations wait 019f5a3c-7b1e-7c4d-9a50-2f6d8e1b3c4a --timeout PT10M")
final class WaitForOperation extends Verb {
  @Parameters(paramLabel = "ID", description = "Of the operation.")
  private String id = "";

  @Option(names = "--timeout", paramLabel = "DURATION", description = "How long: PT10M.")
  private @Nullable Duration timeout;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    return new Waiting(perch.inventory(), screen).until(Call.encoded(id), timeout);
  }
}
