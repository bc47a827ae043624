package dev.perch.cli.certificate;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "issuers",
    description = "Who signs certificates.",
    footer = {"  perch issuers list", "  perch issuers create edge --ca 'Edge CA'"})
public final class IssuersCommand extends Noun {
  public IssuersCommand() {
    verb("list", ListIssuers.class);
    verb("get", GetIssuer.class);
    verb("create", CreateIssuer.class);
    verb("check", CheckIssuer.class);
    verb("delete", DeleteIssuer.class);
  }
}
