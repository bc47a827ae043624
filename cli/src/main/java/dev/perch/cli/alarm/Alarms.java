package dev.perch.cli.alarm;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;

/** Where an alarm is: its id is {@code service/alarm/entity}. */
final class Alarms {
  private Alarms() {}

  static Rest service(Perch perch, String alarm) throws Failure {
    int slash = alarm.indexOf('/');
    if (slash < 1) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          alarm + " names no alarm",
          "  Write SERVICE/ALARM/ENTITY, as perch alarms list shows it");
    }
    return perch.service(alarm.substring(0, slash));
  }

  /** Its slashes are slashes of the path. */
  static String path(String alarm) {
    return "/v1/alarms/" + Call.encoded(alarm).replace("%2F", "/");
  }
}
