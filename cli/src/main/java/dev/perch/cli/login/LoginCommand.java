package dev.perch.cli.login;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Main;
import dev.perch.cli.Perch;
import dev.perch.cli.context.Context;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code perch login}. */
@Command(
    name = "login",
    description = {
      "Signs in with a browser on any machine (device flow, RFC 8628). The tokens are kept in a"
          + " file that only you can read, and refreshed.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:signed in",
      "2:wrong use, or bad input",
      "5:the issuer is not reachable",
      "6:declined, or not in time"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  perch login", "  perch login --context lab"})
public final class LoginCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SignedIn at = new SignedIn();

  @Override
  public Integer call() throws IOException, InterruptedException, Failure {
    Environment environment = Main.environment(spec);
    String name = at.name(environment);
    Context context = at.context(environment);
    PrintWriter err = spec.commandLine().getErr();
    try (HttpClient http = Perch.http(context)) {
      Issuer issuer = new Issuer(SignedIn.issuer(context, name), http);
      DeviceLogin login = new DeviceLogin(issuer, context.clientOrUsual());
      DeviceLogin.Invitation invitation = login.begin();
      err.println("Open " + invitation.page());
      err.println("and compare the code: " + invitation.userCode());
      err.flush();
      new TokenStore(environment, name).keep(login.await(invitation));
    }
    err.println("Signed in at " + name);
    return ExitCode.DONE;
  }
}
