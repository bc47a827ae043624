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
import dev.perch.cli.site.Sites;
import dev.perch.contract.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch clusters create}. */
@Command(
    name = "create",
    description = "Makes a cluster known.",
    footer = {
      "  perch clusters create north-1 --server https://k8s.edge.example:6443 --anchors ca.pem"
          + " --token-file token --site north",
      "  perch clusters create lab --server https://192.0.2.7:6443 --anchors ca.pem"
          + " --client-certificate perch.pem --client-key perch.key"
    })
final class CreateCluster extends Verb {
  @Parameters(paramLabel = "NAME", description = "An RFC 1123 name: north-1.")
  private String name = "";

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description =
          "Whose certificates are published to it; name or id. For those of no site unless given.")
  private @Nullable String site;

  @Mixin private ClusterOptions options = new ClusterOptions();
  @Mixin private Labels labels = new Labels();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode body = Json.MAPPER.createObjectNode().put("name", name);
    if (site != null) {
      body.put("siteId", Sites.isId(site) ? site : new Sites(perch.inventory()).id(site));
    }
    options.into(body);
    labels.into(body);
    Call create = Call.create("/v1/clusters", body).withReason(reason.text());
    screen.one(Certmon.of(perch).rest().send(create).body());
    return ExitCode.DONE;
  }
}
