package dev.perch.cli.alarm;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "alarms",
    description = "What is wrong now, and who takes care of it.",
    subcommands = {ListAlarms.class, GetAlarm.class, AcknowledgeAlarm.class},
    footer = {
      "  perch alarms list --severity critical,major",
      "  perch alarms acknowledge inventory/relay-stuck/outbox --comment 'on my way'"
    })
public final class AlarmsCommand extends Noun {}
