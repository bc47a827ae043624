package dev.perch.cli.event;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code perch events tail}. */
@Command(
    name = "tail",
    description = {
      "Prints what happens to sites, hosts, operations and alarms, from now on: from the services,"
          + " or with --kafka from the logs, which also know what was and what hosts report.",
      ""
    },
    footer = {
      "  perch events tail",
      "  perch events tail --site north-1 --type host.changed,alarm",
      "  perch events tail --for PT1M -o json",
      "  perch events tail --kafka --from-beginning --host north-1/edge-1",
      "  perch events tail --kafka=broker:9093 --kafka-config client.properties"
    })
final class TailEvents extends Verb {
  @Mixin private EventFilter filter = new EventFilter();

  @Option(names = "--limit", paramLabel = "N", description = "Ends after so many.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--for", paramLabel = "DURATION", description = "Ends after PT1M, PT8H, …")
  private @Nullable Duration duration;

  @ArgGroup(exclusive = false)
  private @Nullable KafkaOptions kafka;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Set<String> kinds = filter.kinds();
    Subjects subjects = new Subjects(perch);
    EventFilter.Wanted wanted = filter.wanted(perch);
    Instant end = duration == null ? Instant.MAX : Instant.now().plus(duration);
    try (EventSource source =
        kafka == null
            ? StreamSource.open(perch, kinds, screen::say)
            : kafka.open(perch, kinds, screen::say)) {
      long shown = 0;
      while (shown < limit) {
        Event event = source.next(end);
        if (event == null) {
          break;
        }
        if (filter.takes(event)) {
          Subjects.Subject subject = subjects.of(event);
          if (wanted.takes(subject)) {
            screen.next(event.json(), event.line(subject.name()));
            shown++;
          }
        }
      }
    }
    return ExitCode.DONE;
  }
}
