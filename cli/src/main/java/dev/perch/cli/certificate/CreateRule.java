package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** {@code perch rules create}. */
@Command(
    name = "create",
    description = "Gives each host that matches a certificate, also those that come later.",
    footer = {
      "  perch rules create web --issuer edge --selector role=web --for dns:{name}.edge.example"
          + " --folder /etc/nginx/tls/web --reload nginx --reload -s --reload reload --probe"
          + " 127.0.0.1:443 --server-name {name}.edge.example",
      "  perch rules create mesh --issuer edge --for uri:spiffe://edge/{id} --usage SERVER --usage"
          + " CLIENT --folder /var/lib/mesh/tls"
    })
final class CreateRule extends Verb {
  @Parameters(
      paramLabel = "NAME",
      description = "An RFC 1123 label; its certificates are called NAME.HOST.")
  private String name = "";

  @Mixin private RuleOptions options = new RuleOptions();
  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode body = Json.MAPPER.createObjectNode().put("name", name);
    options.into(body, perch);
    Call create = Call.create("/v1/rules", body).withReason(reason.text());
    screen.one(Certmon.of(perch).rest().send(create).body());
    return ExitCode.DONE;
  }
}
