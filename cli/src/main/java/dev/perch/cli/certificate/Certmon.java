package dev.perch.cli.certificate;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.site.Sites;
import java.io.IOException;

/** Issuers, clusters, certificates and rules by the names people use. */
record Certmon(Rest rest) {

  static Certmon of(Perch perch) throws Failure {
    return new Certmon(perch.service("certmon"));
  }

  String issuer(String nameOrId) throws Failure, IOException, InterruptedException {
    return "/v1/issuers/" + id("issuer", nameOrId);
  }

  String cluster(String nameOrId) throws Failure, IOException, InterruptedException {
    return "/v1/clusters/" + id("cluster", nameOrId);
  }

  String certificate(String nameOrId) throws Failure, IOException, InterruptedException {
    return "/v1/certificates/" + id("certificate", nameOrId);
  }

  String rule(String nameOrId) throws Failure, IOException, InterruptedException {
    return "/v1/rules/" + id("rule", nameOrId);
  }

  /**
   * The id of what is named by its name or its id.
   *
   * @throws Failure if there is none of this name
   */
  String id(String kind, String nameOrId) throws Failure, IOException, InterruptedException {
    if (Sites.isId(nameOrId)) {
      return nameOrId;
    }
    String list = kind.equals("certificate") ? "certs" : kind + "s";
    // Of all names that begin with it, the name itself is the first.
    return rest.send(Call.get("/v1/" + kind + "s").with("name", nameOrId).with("limit", 1))
        .body()
        .path("items")
        .valueStream()
        .filter(one -> one.path("name").asText().equals(nameOrId))
        .findFirst()
        .map(one -> one.path("id").asText())
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no " + kind + " " + nameOrId,
                    "  See which there are: perch " + list + " list"));
  }
}
