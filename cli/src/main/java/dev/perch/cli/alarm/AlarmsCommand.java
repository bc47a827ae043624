package dev.perch.cli.alarm;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "alarms",
    description = "What is wrong now, and who takes care of it.",
    footer = {
      "  perch alarms list --severity critical,major",
      "  perch alarms acknowledge inventory/relay-stuck/outbox --comment 'on my way'"
    })
public final class AlarmsCommand extends Noun {
  public AlarmsCommand() {
    verb("list", ListAlarms.class);
    verb("get", GetAlarm.class);
    verb("acknowledge", AcknowledgeAlarm.class);
    verb("comment", CommentAlarm.class);
  }
}
