package dev.perch.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Pages;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Sites by the names people use. */
public final class Sites {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Rest inventory;

  public Sites(Rest inventory) {
    this.inventory = inventory;
  }

  /** Whether it is an id, and no name. */
  public static boolean isId(String nameOrId) {
    return UUID.matcher(nameOrId).matches();
  }

  /**
   * The id of a site that is named by its name or its id.
   *
   * @throws Failure if there is none of this name
   */
  public String id(String nameOrId) throws Failure, IOException, InterruptedException {
    if (isId(nameOrId)) {
      return nameOrId;
    }
    // Of all names that begin with it, the name itself is the first.
    return inventory
        .send(Call.get("/v1/sites").with("name", nameOrId).with("limit", 1))
        .body()
        .path("items")
        .valueStream()
        .filter(site -> site.path("name").asText().equals(nameOrId))
        .findFirst()
        .map(site -> site.path("id").asText())
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no site " + nameOrId,
                    "  See which there are: perch sites list"));
  }

  /** The names of all sites, by their ids. */
  public Map<String, String> names() throws Failure, IOException, InterruptedException {
    Map<String, String> names = new HashMap<>();
    for (JsonNode site : Pages.read(inventory, Call.get("/v1/sites"), Integer.MAX_VALUE).items()) {
      names.put(site.path("id").asText(), site.path("name").asText());
    }
    return names;
  }

  String path(String nameOrId) throws Failure, IOException, InterruptedException {
    return "/v1/sites/" + id(nameOrId);
  }
}
