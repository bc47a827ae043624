package dev.perch.cli.certificate;

import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Timeline;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch certs timeline}. */
@Command(
    name = "timeline",
    description = "Shows every version of a certificate: who, what, why; newest first.",
    footer = "  perch certs timeline h-1.edge.example")
final class CertificateTimeline extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private int limit = 100;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    return Timeline.show(certmon.rest(), certmon.certificate(certificate), limit, screen);
  }
}
