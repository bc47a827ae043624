package dev.perch.cli.context;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Perch.
 *
 * @param services where each service answers, by its name
 * @param issuer who signs people in
 * @param client the issuer's name for this command line
 * @param kafka bootstrap servers, for those who read topics
 */
public record Context(
    Map<String, URI> services,
    @Nullable URI issuer,
    @Nullable String client,
    @Nullable String kafka) {

  /** The launcher's realm has it, and the realm of the manifests. */
  public static final String USUAL_CLIENT = "perch-cli";

  public Context {
    services = new TreeMap<>(services);
  }

  public static Context empty() {
    return new Context(Map.of(), null, null, null);
  }

  public URI service(String name) throws Failure {
    URI address = services.get(name);
    if (address == null) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "this context does not say where " + name + " is",
          "  Say it: perch contexts set NAME --service " + name + "=https://…");
    }
    return address;
  }

  /** Whether nothing of it is reached over TLS, which only this machine may be. */
  @JsonIgnore
  public boolean isPlain() {
    return Stream.concat(services.values().stream(), Stream.ofNullable(issuer))
        .allMatch(address -> "http".equals(address.getScheme()));
  }

  public String clientOrUsual() {
    return client == null ? USUAL_CLIENT : client;
  }
}
