package dev.perch.cli.login;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.context.Context;
import dev.perch.cli.context.Contexts;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where somebody signs in or out. */
final class SignedIn {
  @Option(names = "--context", paramLabel = "NAME", description = "Where; the one in use if none.")
  private @Nullable String named;

  String name(Environment environment) throws IOException, Failure {
    return named == null ? Contexts.of(environment).inUse() : named;
  }

  Context context(Environment environment) throws IOException, Failure {
    String name = name(environment);
    if (name.equals(Contexts.LOCAL)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "the context local needs no sign-in: what runs from the checkout is yours",
          "  To sign in as somebody, make a context: perch contexts set --help");
    }
    return Contexts.of(environment).get(name);
  }

  static URI issuer(Context context, String name) throws Failure {
    URI issuer = context.issuer();
    if (issuer == null) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "the context " + name + " does not say who its issuer is",
          "  Say it: perch contexts set " + name + " --issuer https://…");
    }
    return issuer;
  }
}
