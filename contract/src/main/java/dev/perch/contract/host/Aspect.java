package dev.perch.contract.host;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A side of a host that one service looks after; listed in the resource {@code /aspects.json}.
 *
 * <p>Where a host has several things of a kind, each is an <b>instance</b> of the aspect, with a
 * document, a generation and conditions of its own: {@code certificates.web}. What is said of an
 * aspect's name everywhere else, in keys, messages and paths, holds for an instance's name.
 *
 * @param name kebab-case, the second half of a document's key
 * @param service its one owner: a document for this aspect on another service's topic is ignored
 * @param about what its documents say
 */
public record Aspect(String name, String service, String about) {
  private static final Pattern NAME =
      Pattern.compile("(?<aspect>[a-z][a-z-]*)(?:\\.(?<instance>[A-Za-z0-9-]{1,63}))?");
  private static final List<Aspect> ALL = read();
  private static final Map<String, Aspect> BY_NAME =
      ALL.stream().collect(toUnmodifiableMap(Aspect::name, identity()));

  /** In the order of the catalogue. */
  public static List<Aspect> all() {
    return ALL;
  }

  /**
   * @param name of an aspect or of an instance of one
   */
  public static Optional<Aspect> find(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.ofNullable(BY_NAME.get(matcher.group("aspect")))
        : Optional.empty();
  }

  /** Whether it could name an aspect or an instance of one, also one this release does not know. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether it names an instance rather than an aspect. */
  public static boolean isInstance(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() && matcher.group("instance") != null;
  }

  private static List<Aspect> read() {
    try (InputStream json =
        Objects.requireNonNull(Aspect.class.getResourceAsStream("/aspects.json"))) {
      return List.copyOf(Json.MAPPER.readValue(json, new TypeReference<List<Aspect>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("aspects.json", e);
    }
  }
}
