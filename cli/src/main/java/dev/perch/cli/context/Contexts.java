package dev.perch.cli.context;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.PrivateFile;
import dev.perch.contract.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts a user keeps, and which of them is in use. The context {@value #LOCAL} is none of
 * them: it is whatever runs from the checkout.
 *
 * @param current null for {@value #LOCAL}
 */
public record Contexts(@Nullable String current, Map<String, Context> contexts) {
  public static final String LOCAL = "local";

  public Contexts {
    contexts = new TreeMap<>(contexts);
  }

  public static Contexts of(Environment environment) throws IOException, Failure {
    byte[] json = file(environment).read().orElse(null);
    return json == null
        ? new Contexts(null, Map.of())
        : Json.MAPPER.readValue(json, Contexts.class);
  }

  public void keep(Environment environment) throws IOException {
    file(environment).write(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }

  /** The name of the context in use. */
  public String inUse() {
    return current == null ? LOCAL : current;
  }

  public Context get(String name) throws Failure {
    require(name);
    return Objects.requireNonNull(contexts.get(name));
  }

  void require(String name) throws Failure {
    if (!contexts.containsKey(name)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "there is no context " + name,
          "  There are: " + String.join(", ", contexts.keySet()) + " and " + LOCAL,
          "  Make it: perch contexts set " + name + " --service inventory=https://… --issuer …");
    }
  }

  public Contexts with(String name, Context context) {
    Map<String, Context> more = new TreeMap<>(contexts);
    more.put(name, context);
    return new Contexts(current, more);
  }

  public Contexts without(String name) {
    Map<String, Context> fewer = new TreeMap<>(contexts);
    fewer.remove(name);
    return new Contexts(name.equals(current) ? null : current, fewer);
  }

  public Contexts using(String name) throws Failure {
    if (name.equals(LOCAL)) {
      return new Contexts(null, contexts);
    }
    require(name);
    return new Contexts(name, contexts);
  }

  private static PrivateFile file(Environment environment) {
    return new PrivateFile(environment.folder().resolve("contexts.json"));
  }
}
