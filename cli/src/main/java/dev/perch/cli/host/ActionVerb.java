package dev.perch.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.operation.Waiting;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.contract.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Something that is done to a host, as an operation; the subclasses are in {@link Actions}. */
abstract class ActionVerb extends Verb {
  private static final Table CHECKS =
      Table.of(
          new Column("OK", check -> check.path("ok").asBoolean() ? "yes" : waived(check)),
          Column.of("CHECK", "/name"),
          Column.json("FOUND", "/found"),
          Column.of("REMEDY", "/remedy"));

  private final String action;

  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(
      names = "--preview",
      description = "Changes nothing: shows every check, and whether it would be refused.")
  private boolean preview;

  @Option(
      names = "--waive",
      split = ",",
      paramLabel = "CHECK",
      description = "Checks that need not hold; the preview says which may be waived.")
  private List<String> waive = List.of();

  @Option(names = "--wait", description = "Waits until it is done, and shows each step.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long --wait waits: PT10M. The operation goes on.")
  private @Nullable Duration timeout;

  @Mixin private Reason reason = new Reason();

  /**
   * @param action its word in the API: {@code force-lock}
   */
  ActionVerb(String action) {
    this.action = action;
  }

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    String actions = new Hosts(inventory).path(host) + "/actions";
    if (preview) {
      return show(inventory.send(Call.post(actions, body()).with("preview", true)).body(), screen);
    }
    JsonNode operation = inventory.send(Call.create(actions, body())).body();
    if (wait) {
      return new Waiting(inventory, screen).until(operation.path("id").asText(), timeout);
    }
    screen.one(operation);
    return ExitCode.DONE;
  }

  private ObjectNode body() {
    ObjectNode body = Json.MAPPER.createObjectNode().put("action", action);
    if (reason.text() != null) {
      body.put("reason", reason.text());
    }
    if (!waive.isEmpty()) {
      ArrayNode names = body.putArray("waive");
      waive.forEach(names::add);
    }
    return body;
  }

  private static int show(JsonNode shown, Screen screen) {
    screen.show(shown, shown.path("checks").valueStream().toList(), CHECKS);
    return shown.path("allowed").asBoolean() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static String waived(JsonNode check) {
    return check.path("waived").asBoolean()
        ? "waived"
        : check.path("waivable").asBoolean() ? "no (waivable)" : "no";
  }
}
