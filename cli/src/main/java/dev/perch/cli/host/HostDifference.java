package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts difference}. */
@Command(
    name = "difference",
    description = {
      "Shows what differs between a host at two instants, or between two hosts as they are now,"
          + " with what they say about themselves.",
      ""
    },
    footer = {
      "  perch hosts difference north-1/edge-1 --from 2026-11-01T00:00:00Z",
      "  perch hosts difference north-1/edge-1 --with north-1/edge-2"
    })
final class HostDifference extends Verb {
  private static final Table TABLE =
      Table.of(
          Column.of("PATH", "/path"),
          Column.json("BEFORE", "/before"),
          Column.json("AFTER", "/after"));

  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(names = "--from", paramLabel = "TIME", description = "As it was then; RFC 3339.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "As it was then; now if not given.")
  private @Nullable Instant to;

  @Option(names = "--with", paramLabel = "HOST", description = "The other host.")
  private @Nullable String other;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Hosts hosts = new Hosts(inventory);
    Call read =
        Call.get(hosts.path(host) + "/difference")
            .with("from", from)
            .with("to", to)
            .with("with", other == null ? null : hosts.id(other));
    screen.list(inventory.send(read).body().path("items").valueStream().toList(), TABLE);
    return ExitCode.DONE;
  }
}
