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

/**
 * A side of a host that one service looks after; listed in the resource {@code /aspects.json}.
 *
 * @param name kebab-case, the second half of a document's key
 * @param service its one owner: a document for this aspect on another service's topic is ignored
 * @param about what its documents say
 */
public record Aspect(String name, String service, String about) {
  private static final List<Aspect> ALL = read();
  private static final Map<String, Aspect> BY_NAME =
      ALL.stream().collect(toUnmodifiableMap(Aspect::name, identity()));

  /** In the order of the catalogue. */
  public static List<Aspect> all() {
    return ALL;
  }

  public static Optional<Aspect> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
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
