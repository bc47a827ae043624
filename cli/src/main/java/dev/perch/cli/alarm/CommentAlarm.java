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
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch alarms comment}. */
@Command(
    name = "comment",
    description = "Says something to the others about an alarm, without taking it on.",
    footer = "  perch alarms comment inventory/relay-stuck/outbox 'the broker is mended at noon'")
final class CommentAlarm extends Verb {
  @Parameters(index = "0", paramLabel = "ALARM", description = "SERVICE/ALARM/ENTITY.")
  private String alarm = "";

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "In the place of the comment that is there.")
  private String text = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    ObjectNode body = Json.MAPPER.createObjectNode().put("comment", text);
    Call comment = Call.post(Alarms.path(alarm) + "/comment", body);
    screen.one(Alarms.service(perch, alarm).send(comment).body());
    return ExitCode.DONE;
  }
}
