package dev.perch.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command is told by where it runs.
 *
 * @param variables of the process
 * @param home the user's folder
 * @param state where the checkout this command comes from keeps what runs; null if it comes from
 *     none
 */
public record Environment(Map<String, String> variables, Path home, @Nullable Path state) {
  private static final String STATE = "perch.state-dir";

  public Environment {
    variables = Map.copyOf(variables);
  }

  static Environment ofThisProcess() {
    String state = System.getProperty(STATE);
    return new Environment(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        state == null ? null : Path.of(state));
  }

  /** A variable that says something. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** The width of the terminal, for what is shown to people; the shell says it if there is one. */
  public int columns() {
    return variable("COLUMNS")
        .filter(columns -> columns.matches("[1-9]\\d{0,4}"))
        .map(Integer::valueOf)
        .orElse(Integer.MAX_VALUE);
  }

  /** Where this user's contexts and tokens are (XDG Base Directory Specification). */
  public Path folder() {
    return variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".config"))
        .resolve("perch");
  }
}
