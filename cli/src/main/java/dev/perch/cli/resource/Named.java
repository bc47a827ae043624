package dev.perch.cli.resource;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Resources whose name is unique, by the names people use.
 *
 * @param kind in the singular, as people call it
 * @param list the path of all of them; it can be filtered by the beginning of the name
 */
public record Named(String kind, String list) {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Whether it is an id, and no name. */
  public static boolean isId(String nameOrId) {
    return UUID.matcher(nameOrId).matches();
  }

  /**
   * The id of the one that is named by its name or its id.
   *
   * @throws Failure if there is none of this name
   */
  public String id(Rest rest, String nameOrId) throws Failure, IOException, InterruptedException {
    if (isId(nameOrId)) {
      return nameOrId;
    }
    // Of all names that begin with it, the name itself is the first.
    return rest.send(Call.get(list).with("name", nameOrId).with("limit", 1))
        .body()
        .path("items")
        .valueStream()
        .filter(found -> found.path("name").asText().equals(nameOrId))
        .findFirst()
        .map(found -> found.path("id").asText())
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no " + kind + " " + nameOrId,
                    "  See which there are: perch " + kind + "s list"));
  }

  public String path(Rest rest, String nameOrId) throws Failure, IOException, InterruptedException {
    return list + "/" + id(rest, nameOrId);
  }
}
