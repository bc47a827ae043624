package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Format;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.cli.site.Sites;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch hosts export}. */
@Command(
    name = "export",
    description = {
      "Prints hosts in the shape in which they may be imported: CSV, or with -o what it says.",
      ""
    },
    footer = {
      "  perch hosts export > hosts.csv",
      "  perch hosts export --site north-1 -l rack=a1 -o json"
    })
final class ExportHosts extends Verb {
  @Option(names = "--site", split = ",", paramLabel = "SITE", description = "Of these sites.")
  private List<String> sites = List.of();

  @Option(
      names = {"-l", "--labels"},
      paramLabel = "SELECTOR",
      description = "As in Kubernetes: rack=a1,zone in (x,y),!spare.")
  private @Nullable String labels;

  @Option(names = "--group", paramLabel = "GROUP", description = "Those that this group selects.")
  private @Nullable String group;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Sites known = new Sites(inventory);
    List<String> ids = new ArrayList<>();
    for (String site : sites) {
      ids.add(known.id(site));
    }
    Call export =
        Call.get("/v1/hosts/export")
            .withAny("site", ids)
            .with("labels", labels)
            .with("group", group);
    if (screen.format() == Format.table) {
      try (InputStream csv = inventory.open(export.withHeader("Accept", "text/csv"))) {
        screen.out().print(new String(csv.readAllBytes(), StandardCharsets.UTF_8));
        screen.out().flush();
      }
    } else {
      screen.one(inventory.send(export.withHeader("Accept", "application/json")).body());
    }
    return ExitCode.DONE;
  }
}
