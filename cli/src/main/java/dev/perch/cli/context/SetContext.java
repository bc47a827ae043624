package dev.perch.cli.context;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Main;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perch contexts set}. */
@Command(
    name = "set",
    description = "Makes a context, or changes what is named of it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  perch contexts set lab --service inventory=https://perch.lab.example --issuer"
          + " https://id.lab.example/realms/perch",
      "  perch contexts set lab --kafka broker.lab.example:9093"
    })
final class SetContext implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "Of the context.")
  private String name = "";

  @Option(
      names = "--service",
      paramLabel = "SERVICE=URL",
      description = "Where a service answers. Repeatable.")
  private Map<String, URI> services = Map.of();

  @Option(names = "--issuer", paramLabel = "URL", description = "Who signs people in (OIDC).")
  private @Nullable URI issuer;

  @Option(
      names = "--client",
      paramLabel = "ID",
      description = "The issuer's name for this program. Default: " + Context.USUAL_CLIENT + ".")
  private @Nullable String client;

  @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Bootstrap servers.")
  private @Nullable String kafka;

  @Override
  public Integer call() throws IOException, Failure {
    if (!NAME.matcher(name).matches() || name.equals(Contexts.LOCAL)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          name + " is no name for a context",
          "  Use small letters, digits, '.', '_' and '-'; "
              + Contexts.LOCAL
              + " is the checkout's");
    }
    for (URI address : services.values()) {
      requireSafe(address);
    }
    requireSafe(issuer);
    Environment environment = Main.environment(spec);
    Contexts contexts = Contexts.of(environment);
    Context before = contexts.contexts().getOrDefault(name, Context.empty());
    contexts.with(name, changed(before)).keep(environment);
    return ExitCode.DONE;
  }

  private Context changed(Context before) {
    Map<String, URI> all = new TreeMap<>(before.services());
    all.putAll(services);
    return new Context(
        all,
        issuer == null ? before.issuer() : issuer,
        client == null ? before.client() : client,
        kafka == null ? before.kafka() : kafka);
  }

  /** A token on the wire in clear is everybody's. */
  private static void requireSafe(@Nullable URI address) throws Failure {
    boolean safe =
        address == null
            || "https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost()));
    if (!safe) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          address + " would carry tokens in clear",
          "  Use https://…; http:// is for this machine only");
    }
  }
}
