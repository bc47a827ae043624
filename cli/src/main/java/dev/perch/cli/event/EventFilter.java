package dev.perch.cli.event;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.event.Subjects.Subject;
import dev.perch.cli.host.Hosts;
import dev.perch.cli.site.Sites;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events are wanted. */
final class EventFilter {
  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      description = "Of these: host, host.changed, operation, alarm.raised, …")
  private List<String> types = List.of();

  @Option(names = "--site", paramLabel = "SITE", description = "About this site and its hosts.")
  private @Nullable String site;

  @Option(names = "--host", paramLabel = "HOST", description = "About this host.")
  private @Nullable String host;

  /** What is asked of the subject, its names looked up. */
  record Wanted(@Nullable String site, @Nullable String host) {
    boolean takes(Subject subject) {
      return (site == null || site.equals(subject.site()))
          && (host == null || host.equals(subject.host()));
    }
  }

  Wanted wanted(Perch perch) throws Failure, IOException, InterruptedException {
    return new Wanted(
        site == null ? null : new Sites(perch.inventory()).id(site),
        host == null ? null : new Hosts(perch.inventory()).id(host));
  }

  /** The kinds of resources the types are about; all if no type is named. */
  Set<String> kinds() throws Failure {
    Set<String> kinds = new LinkedHashSet<>();
    for (String type : types) {
      kinds.add(type.split("\\.", 2)[0]);
    }
    for (String kind : kinds) {
      if (!Logs.KINDS.contains(kind)) {
        throw new Failure(
            ExitCode.BAD_INPUT,
            "there are no events of type " + kind,
            "  Types begin with: " + String.join(", ", Logs.KINDS));
      }
    }
    return kinds;
  }

  boolean takes(Event event) {
    return types.isEmpty()
        || types.stream()
            .anyMatch(type -> event.what().equals(type) || event.what().startsWith(type + "."));
  }
}
