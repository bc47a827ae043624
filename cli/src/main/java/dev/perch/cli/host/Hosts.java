package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.site.Sites;
import java.io.IOException;

/** Hosts by the names people use. */
public final class Hosts {
  /** What a verb says of the host it takes. */
  public static final String DESCRIPTION = "SITE/NAME, or its id.";

  private final Rest inventory;
  private final Sites sites;

  public Hosts(Rest inventory) {
    this.inventory = inventory;
    this.sites = new Sites(inventory);
  }

  /**
   * Site and name of a host.
   *
   * @param site its name or id
   */
  record Named(String site, String name) {

    static Named of(String text) throws Failure {
      int slash = text.indexOf('/');
      if (slash < 1 || slash == text.length() - 1) {
        throw new Failure(
            ExitCode.BAD_INPUT,
            text + " names no host",
            "  Write SITE/NAME, for example north-1/edge-1, or its id");
      }
      return new Named(text.substring(0, slash), text.substring(slash + 1));
    }
  }

  /**
   * @throws Failure if there is none of this name
   */
  public String id(String host) throws Failure, IOException, InterruptedException {
    if (Sites.isId(host)) {
      return host;
    }
    Named named = Named.of(host);
    Call byName =
        Call.get("/v1/hosts")
            .with("site", sites.id(named.site()))
            .with("name", named.name())
            .with("limit", 1);
    // Of all names that begin with it, the name itself is the first.
    return inventory
        .send(byName)
        .body()
        .path("items")
        .valueStream()
        .filter(found -> found.path("name").asText().equals(named.name()))
        .findFirst()
        .map(found -> found.path("id").asText())
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no host " + named.name() + " at " + named.site(),
                    "  See which there are: perch hosts list --site " + named.site()));
  }

  public String path(String host) throws Failure, IOException, InterruptedException {
    return "/v1/hosts/" + id(host);
  }
}
