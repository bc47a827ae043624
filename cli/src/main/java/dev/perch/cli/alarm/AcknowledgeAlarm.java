package dev.perch.cli.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch alarms acknowledge}. */
@Command(
    name = "acknowledge",
    description = "Takes an alarm on; it stays until what it says is no more.",
    footer = "  perch alarms acknowledge inventory/relay-stuck/outbox --comment 'on my way'")
final class AcknowledgeAlarm extends Verb {
  @Parameters(paramLabel = "ALARM", description = "SERVICE/ALARM/ENTITY.")
  private String alarm = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "For the others.")
  private @Nullable String comment;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode body = Json.MAPPER.createObjectNode();
    if (comment != null) {
      body.put("comment", comment);
    }
    Call acknowledge = Call.post(Alarms.path(alarm) + "/acknowledge", body);
    screen.one(Alarms.service(perch, alarm).send(acknowledge).body());
    return ExitCode.DONE;
  }
}
