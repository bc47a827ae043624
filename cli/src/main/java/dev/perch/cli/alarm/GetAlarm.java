package dev.perch.cli.alarm;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch alarms get}. */
@Command(
    name = "get",
    description = "Shows an alarm with what to do about it; also one that is cleared.",
    footer = "  perch alarms get inventory/relay-stuck/outbox")
final class GetAlarm extends Verb {
  @Parameters(paramLabel = "ALARM", description = "SERVICE/ALARM/ENTITY.")
  private String alarm = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    screen.one(Alarms.service(perch, alarm).send(Call.get(Alarms.path(alarm))).body());
    return ExitCode.DONE;
  }
}
