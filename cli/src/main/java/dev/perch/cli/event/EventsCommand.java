package dev.perch.cli.event;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "events",
    description = "What happens, as it happens.",
    footer = {"  perch events tail", "  perch events tail --kafka --since 2026-11-01T00:00:00Z"})
public final class EventsCommand extends Noun {
  public EventsCommand() {
    verb("tail", TailEvents.class);
  }
}
