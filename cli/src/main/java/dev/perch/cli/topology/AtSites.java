package dev.perch.cli.topology;

import dev.perch.cli.Failure;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.site.Sites;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which part of the topology is meant. */
final class AtSites {
  @Option(names = "--site", split = ",", paramLabel = "SITE", description = "At these sites.")
  private List<String> sites = List.of();

  Call read(Rest inventory) throws Failure, IOException, InterruptedException {
    Sites known = new Sites(inventory);
    List<String> ids = new ArrayList<>();
    for (String site : sites) {
      ids.add(known.id(site));
    }
    return Call.get("/v1/topology").withAny("site", ids);
  }
}
