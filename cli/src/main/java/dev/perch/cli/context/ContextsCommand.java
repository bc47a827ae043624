package dev.perch.cli.context;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "contexts",
    description = {
      "The Perches this user works with. The context local is whatever was started from the"
          + " checkout; it needs no sign-in."
    },
    footer = {
      "  perch contexts list",
      "  perch contexts set lab --service inventory=https://perch.lab.example --issuer"
          + " https://id.lab.example/realms/perch",
      "  perch contexts use lab"
    })
public final class ContextsCommand extends Noun {
  public ContextsCommand() {
    verb("list", ListContexts.class);
    verb("use", UseContext.class);
    verb("set", SetContext.class);
    verb("delete", DeleteContext.class);
  }
}
