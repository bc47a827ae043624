package dev.perch.cli.login;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Main;
import dev.perch.cli.Perch;
import dev.perch.cli.context.Context;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code perch logout}. */
@Command(
    name = "logout",
    description = "Ends the sign-in at the issuer (RFC 7009) and forgets its tokens.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  perch logout --context lab")
public final class LogoutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SignedIn at = new SignedIn();

  @Override
  public Integer call() throws IOException, InterruptedException, Failure {
    Environment environment = Main.environment(spec);
    String name = at.name(environment);
    Context context = at.context(environment);
    TokenStore store = new TokenStore(environment, name);
    try (HttpClient http = Perch.http(context)) {
      Issuer issuer = new Issuer(SignedIn.issuer(context, name), http);
      String refresh = store.find(issuer.address()).map(Tokens::refreshToken).orElse(null);
      boolean there = store.delete();
      if (refresh != null) {
        Issuer.Reply reply =
            issuer.post(
                issuer.endpoint("revocation_endpoint"),
                Map.of(
                    "token",
                    refresh,
                    "token_type_hint",
                    "refresh_token",
                    "client_id",
                    context.clientOrUsual()));
        if (!reply.isGood()) {
          throw reply.failure(ExitCode.FAILED);
        }
      }
      spec.commandLine().getErr().println(there ? "Signed out" : "Nobody was signed in");
    }
    return ExitCode.DONE;
  }
}
