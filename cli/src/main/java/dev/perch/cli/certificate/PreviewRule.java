package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch rules preview}. */
@Command(
    name = "preview",
    description = "Shows which hosts a rule means, and which certificates they would get.",
    footer = {
      "  perch rules preview web",
      "  perch rules preview web --selector 'role=web,!spare'",
      "  perch rules preview db --new --issuer edge --selector role=db --for"
          + " dns:{name}.edge.example --folder /etc/postgresql/tls"
    })
final class PreviewRule extends Verb {
  private static final Table TABLE =
      Table.of(
          Column.of("HOST", "/host"),
          Column.word("CERTIFICATE IS", "/what"),
          Column.of("NAME", "/certificate"),
          Column.of("FOR", "/names/0"),
          Column.of("WHY", "/why"));

  @Parameters(paramLabel = "RULE", description = "Its name or id.")
  private String rule = "";

  @Option(names = "--new", description = "There is no such rule yet.")
  private boolean isNew;

  @Mixin private RuleOptions options = new RuleOptions();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    ObjectNode body = Json.MAPPER.createObjectNode();
    options.into(body, perch);
    Call call;
    if (isNew) {
      call = Call.post("/v1/rules/preview", body.put("name", rule));
    } else {
      String path = certmon.rule(rule) + "/preview";
      call = body.isEmpty() ? Call.get(path) : Call.post(path, body);
    }
    JsonNode preview = certmon.rest().send(call).body();
    screen.show(preview, preview.path("items").valueStream().toList(), TABLE);
    screen.say(
        preview
            .path("totals")
            .propertyStream()
            .map(total -> total.getValue().asInt() + " " + Column.word(total.getKey()))
            .sorted()
            .collect(Collectors.joining(", ")));
    return ExitCode.DONE;
  }
}
