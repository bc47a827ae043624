package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.resource.Labels;
import dev.perch.cli.site.Sites;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is said of a rule, or of a change of it: what was not said is left out. */
final class RuleOptions {
  @Option(names = "--issuer", paramLabel = "ISSUER", description = "Who signs.")
  private @Nullable String issuer;

  @Option(
      // No -s: it would be taken for one among the words of a command.
      names = "--selector",
      paramLabel = "SELECTOR",
      description =
          "Hosts' labels as in Kubernetes: role=web,zone in (x,y). Every host unless given.")
  private @Nullable String selector;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "Its hosts only; name or id. Those of all sites unless given.")
  private @Nullable String site;

  @Option(
      names = "--for",
      paramLabel = "KIND:NAME",
      description =
          "What each is for, with {name}, {id} or {label:KEY} of the host:"
              + " dns:{name}.edge.example. Repeatable.")
  private List<String> names = List.of();

  @Option(names = "--usage", paramLabel = "USAGE", description = "SERVER or CLIENT. Repeatable.")
  private List<String> usages = List.of();

  @Option(names = "--life", paramLabel = "DURATION", description = "P90D unless given.")
  private @Nullable Duration life;

  @Option(
      names = "--key",
      paramLabel = "ALGORITHM",
      description = "P256, P384, RSA_2048, RSA_3072, RSA_4096 or ED25519.")
  private @Nullable String key;

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Mixin private HostFolder folder = new HostFolder();
  @Mixin private Labels labels = new Labels();

  void into(ObjectNode body, Perch perch) throws Failure, IOException, InterruptedException {
    if (issuer != null) {
      body.put("issuerId", Certmon.of(perch).id("issuer", issuer));
    }
    if (site != null) {
      body.put("siteId", Sites.isId(site) ? site : new Sites(perch.inventory()).id(site));
    }
    Said.text(body, "selector", selector);
    Said.text(body, "description", description);
    names.forEach(one -> body.withArray("names").add(one));
    usages.forEach(one -> body.withArray("usages").add(one));
    if (life != null) {
      body.put("life", life.toString());
    }
    if (key != null) {
      body.putObject("key").put("algorithm", key);
    }
    if (folder.isGiven()) {
      folder.into(body.putObject("target"));
    }
    labels.into(body);
  }
}
