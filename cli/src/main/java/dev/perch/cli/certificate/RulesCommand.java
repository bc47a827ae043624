package dev.perch.cli.certificate;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "rules",
    description = "Which hosts get which certificates.",
    footer = {
      "  perch rules list",
      "  perch rules preview web --new --issuer edge --selector role=web --for dns:{name}.edge.example"
          + " --folder /etc/nginx/tls/web",
      "  perch rules create web --issuer edge --selector role=web --for dns:{name}.edge.example"
          + " --folder /etc/nginx/tls/web"
    })
public final class RulesCommand extends Noun {
  public RulesCommand() {
    verb("list", ListRules.class);
    verb("get", GetRule.class);
    verb("preview", PreviewRule.class);
    verb("create", CreateRule.class);
    verb("set", SetRule.class);
    verb("delete", DeleteRule.class);
    verb("timeline", RuleTimeline.class);
  }
}
