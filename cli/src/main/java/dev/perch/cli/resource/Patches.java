package dev.perch.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.rest.Answer;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;

/** Changes of the version that is there now; somebody who is faster makes them refused. */
public final class Patches {
  private Patches() {}

  /** The resource as it is then. */
  public static JsonNode apply(Rest rest, String path, ObjectNode patch, Reason reason)
      throws Failure, IOException, InterruptedException {
    if (patch.isEmpty()) {
      throw new Failure(ExitCode.BAD_INPUT, "say what to change; --help has the options");
    }
    Answer now = rest.send(Call.get(path));
    return rest.send(Call.patch(path, now.etag(), patch).withReason(reason.text())).body();
  }

  public static void remove(Rest rest, String path, Reason reason)
      throws Failure, IOException, InterruptedException {
    Answer now = rest.send(Call.get(path));
    rest.send(Call.delete(path, now.etag()).withReason(reason.text()));
  }
}
