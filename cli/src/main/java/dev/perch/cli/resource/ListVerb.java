package dev.perch.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.event.Event;
import dev.perch.cli.event.Subjects;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Pages;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.rest.Watch;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** A verb that shows many, and what becomes of them. */
public abstract class ListVerb extends Verb {
  @Option(names = "--limit", paramLabel = "N", description = "At most so many; all unless given.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = {"-w", "--watch"},
      description = "Goes on with the changes after the list, until it is stopped.")
  private boolean watch;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest rest = service(perch);
    Pages pages = Pages.read(rest, list(perch), limit);
    screen.list(pages.items(), table(perch, pages.items()));
    if (watch) {
      Subjects subjects = new Subjects(perch);
      new Watch(rest, changes(perch), screen::say)
          .follow(
              pages.watchFrom(),
              (type, data) -> {
                Event event = new Event(type, data);
                screen.next(event.json(), event.line(subjects.of(event).name()));
                return true;
              });
    }
    return ExitCode.DONE;
  }

  /** Who has the list. */
  protected Rest service(Perch perch) throws Failure {
    return perch.inventory();
  }

  /** The list with its filters. */
  protected abstract Call list(Perch perch) throws IOException, InterruptedException, Failure;

  /** The same list with those filters that a stream of changes takes. */
  protected abstract Call changes(Perch perch) throws IOException, InterruptedException, Failure;

  protected abstract Table table(Perch perch, List<JsonNode> items)
      throws IOException, InterruptedException, Failure;
}
