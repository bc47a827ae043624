package dev.perch.contract.alarm;

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

/** Every kind of alarm Perch can raise: the resource {@code /alarms.json}. */
public final class AlarmCatalogue {
  private static final List<AlarmType> TYPES = read();
  private static final Map<String, AlarmType> BY_ID =
      TYPES.stream().collect(toUnmodifiableMap(AlarmType::id, identity()));

  private AlarmCatalogue() {}

  /** In the order of the catalogue. */
  public static List<AlarmType> types() {
    return TYPES;
  }

  public static Optional<AlarmType> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /**
   * The type a caller is sure of.
   *
   * @throws IllegalArgumentException if the catalogue does not have it: a fault of the program
   */
  public static AlarmType require(String id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("not in the alarm catalogue: " + id));
  }

  private static List<AlarmType> read() {
    try (InputStream json =
        Objects.requireNonNull(AlarmCatalogue.class.getResourceAsStream("/alarms.json"))) {
      return List.copyOf(Json.MAPPER.readValue(json, new TypeReference<List<AlarmType>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("alarms.json", e);
    }
  }
}
