package dev.perch.cli.topology;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code perch topology draw}. */
@Command(
    name = "draw",
    description = "Prints a picture of it: SVG, whatever -o says.",
    footer = "  perch topology draw --site north-1 > north-1.svg")
final class DrawTopology extends Verb {
  @Mixin private AtSites at = new AtSites();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    try (InputStream svg =
        inventory.open(at.read(inventory).withHeader("Accept", "image/svg+xml"))) {
      screen.out().print(new String(svg.readAllBytes(), StandardCharsets.UTF_8));
      screen.out().flush();
    }
    return ExitCode.DONE;
  }
}
