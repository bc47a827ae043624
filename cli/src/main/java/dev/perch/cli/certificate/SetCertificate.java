package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Patches;
import dev.perch.cli.resource.Reason;
import dev.perch.contract.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch certs set}. */
@Command(
    name = "set",
    description = "Changes a certificate; what is not named stays.",
    footer = {
      "  perch certs set h-1.edge.example --life P30D",
      "  perch certs set web.edge.example --host north-1/edge-1 --folder /etc/nginx/tls/web"
    })
final class SetCertificate extends Verb {
  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Option(names = "--issuer", paramLabel = "ISSUER", description = "Who signs: it is issued anew.")
  private @Nullable String issuer;

  @Option(
      names = "--for",
      paramLabel = "KIND:NAME",
      description = "All it is for: it is issued anew. Repeatable.")
  private List<String> names = List.of();

  @Option(names = "--life", paramLabel = "DURATION", description = "It is issued anew.")
  private @Nullable Duration life;

  @Option(names = "--key", paramLabel = "ALGORITHM", description = "It is issued anew.")
  private @Nullable String key;

  @Option(names = "--unpublish", description = "Takes its targets away: they are emptied.")
  private boolean unpublish;

  @Mixin private HostTarget target = new HostTarget();
  @Mixin private SecretTargets secrets = new SecretTargets();
  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode patch = Json.MAPPER.createObjectNode();
    if (issuer != null) {
      patch.put("issuerId", certmon.id("issuer", issuer));
    }
    names.forEach(one -> patch.withArray("names").add(one));
    if (life != null) {
      patch.put("life", life.toString());
    }
    if (key != null) {
      patch.putObject("key").put("algorithm", key);
    }
    if (unpublish) {
      patch.putArray("targets");
    }
    target.into(patch, perch);
    secrets.into(patch);
    labels.into(patch);
    screen.one(Patches.apply(certmon.rest(), certmon.certificate(certificate), patch, reason));
    return ExitCode.DONE;
  }
}
