package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts get}. */
@Command(
    name = "get",
    description = "Shows one host, as it is or as it was.",
    footer = {
      "  perch hosts get north-1/edge-1",
      "  perch hosts get north-1/edge-1 --as-of 2026-11-01T00:00:00Z -o json"
    })
final class GetHost extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(names = "--as-of", paramLabel = "TIME", description = "RFC 3339.")
  private @Nullable Instant asOf;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Call read = Call.get(new Hosts(inventory).path(host)).with("asOf", asOf);
    screen.one(inventory.send(read).body());
    return ExitCode.DONE;
  }
}
