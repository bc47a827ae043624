package dev.perch.cli.resource;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.event.Event;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Pages;
import dev.perch.cli.rest.Rest;
import java.io.IOException;

/** Every version of a resource: who, what, why; newest first. */
public final class Timeline {
  private static final Table TABLE =
      Table.of(
          Column.of("VERSION", "/version"),
          Column.time("AT", "/at"),
          Column.of("WHAT", "/what"),
          new Column("CHANGED", Event::changes),
          Column.of("BY", "/cause/actor"),
          Column.of("REASON", "/cause/reason"));

  private Timeline() {}

  /**
   * @param path of the resource
   */
  public static int show(Rest rest, String path, int limit, Screen screen)
      throws Failure, IOException, InterruptedException {
    screen.list(Pages.read(rest, Call.get(path + "/timeline"), limit).items(), TABLE);
    return ExitCode.DONE;
  }
}
