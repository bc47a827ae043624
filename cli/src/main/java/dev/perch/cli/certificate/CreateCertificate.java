package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch certs create}. */
@Command(
    name = "create",
    description = "Makes a certificate, which is issued and kept valid from then on.",
    footer = {
      "  perch certs create h-1.edge.example --issuer edge",
      "  perch certs create api --issuer edge --for dns:api.edge.example --for ip:192.0.2.7 --life"
          + " P30D",
      "  perch certs create web.edge.example --issuer edge --host north-1/edge-1 --folder"
          + " /etc/nginx/tls/web --reload nginx --reload -s --reload reload --probe 127.0.0.1:443",
      "  perch certs create shop.edge.example --issuer edge --secret north-1/ingress/shop-tls",
      "  perch certs create queue.edge.example --issuer edge --secret north-1/queue/broker-tls"
          + " --pkcs12 --pkcs12-password-file password"
    })
final class CreateCertificate extends Verb {
  @Parameters(
      paramLabel = "NAME",
      description = "A DNS name; also what it is for, unless --for says.")
  private String name = "";

  @Option(names = "--issuer", paramLabel = "ISSUER", required = true, description = "Who signs.")
  private String issuer = "";

  @Option(
      names = "--for",
      paramLabel = "KIND:NAME",
      description = "What it is for: dns:…, ip:…, uri:…, email:…. Repeatable.")
  private List<String> names = List.of();

  @Option(names = "--usage", paramLabel = "USAGE", description = "SERVER or CLIENT. Repeatable.")
  private List<String> usages = List.of();

  @Option(names = "--life", paramLabel = "DURATION", description = "P90D unless given.")
  private @Nullable Duration life;

  @Option(
      names = "--key",
      paramLabel = "ALGORITHM",
      description = "P256, P384, RSA_2048, RSA_3072, RSA_4096 or ED25519.")
  private @Nullable String key;

  @Option(names = "--site", paramLabel = "SITE", description = "The id of the site it is for.")
  private @Nullable String site;

  @Mixin private HostTarget target = new HostTarget();
  @Mixin private SecretTargets secrets = new SecretTargets();
  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode body = Json.MAPPER.createObjectNode().put("name", name);
    body.put("issuerId", certmon.id("issuer", issuer));
    for (String one : names.isEmpty() ? List.of("dns:" + name) : names) {
      body.withArray("names").add(one);
    }
    usages.forEach(body.withArray("usages")::add);
    if (usages.isEmpty()) {
      body.remove("usages");
    }
    if (life != null) {
      body.put("life", life.toString());
    }
    if (key != null) {
      body.putObject("key").put("algorithm", key);
    }
    if (site != null) {
      body.put("siteId", site);
    }
    target.into(body, perch);
    secrets.into(body);
    labels.into(body);
    Call create = Call.create("/v1/certificates", body).withReason(reason.text());
    screen.one(certmon.rest().send(create).body());
    return ExitCode.DONE;
  }
}
