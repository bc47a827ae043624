package dev.perch.cli.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import java.util.List;
import picocli.CommandLine.Option;

/** Labels to set and to remove. */
public final class Labels {
  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Sets a label; KEY- removes it. Repeatable.")
  private List<String> edits = List.of();

  /** Adds them to a resource or to a merge patch of one. */
  public void into(ObjectNode body) throws Failure {
    if (edits.isEmpty()) {
      return;
    }
    ObjectNode labels = body.putObject("labels");
    for (String edit : edits) {
      int equals = edit.indexOf('=');
      if (equals > 0) {
        labels.put(edit.substring(0, equals), edit.substring(equals + 1));
      } else if (equals < 0 && edit.endsWith("-")) {
        labels.putNull(edit.substring(0, edit.length() - 1));
      } else {
        throw new Failure(ExitCode.BAD_INPUT, "--label " + edit + " is neither KEY=VALUE nor KEY-");
      }
    }
  }
}
