package dev.perch.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.resource.Named;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Pages;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Sites by the names people use. */
public final class Sites {
  private static final Named SITES = new Named("site", "/v1/sites");

  private final Rest inventory;

  public Sites(Rest inventory) {
    this.inventory = inventory;
  }

  /** Whether it is an id, and no name. */
  public static boolean isId(String nameOrId) {
    return Named.isId(nameOrId);
  }

  /**
   * The id of a site that is named by its name or its id.
   *
   * @throws Failure if there is none of this name
   */
  public String id(String nameOrId) throws Failure, IOException, InterruptedException {
    return SITES.id(inventory, nameOrId);
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
    return SITES.path(inventory, nameOrId);
  }
}
