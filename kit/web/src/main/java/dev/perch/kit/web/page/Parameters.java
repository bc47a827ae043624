package dev.perch.kit.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads query parameters as {@link dev.perch.kit.web.input.Fields} reads a body: everything that is
 * wrong, unknown parameters too, is reported at once.
 */
public final class Parameters {

  /** Names the parameters and says how to build their value when all of them are right. */
  @FunctionalInterface
  public interface Shape<T> {
    Supplier<T> of(Parameters parameters);
  }

  private final MultivaluedMap<String, String> given;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> known = new TreeSet<>();

  private Parameters(MultivaluedMap<String, String> given) {
    this.given = given;
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} with every violation
   */
  public static <T> T bind(UriInfo uri, Shape<T> shape) {
    return bind(uri.getQueryParameters(), shape);
  }

  static <T> T bind(MultivaluedMap<String, String> given, Shape<T> shape) {
    Parameters parameters = new Parameters(given);
    Supplier<T> value = shape.of(parameters);
    parameters.refuseUnknown();
    if (!parameters.violations.isEmpty()) {
      throw new Problem.Invalid(parameters.violations).asException();
    }
    return value.get();
  }

  /** A parameter with one value. */
  public <T> Value<T> one(String name, Rule<T> rule) {
    List<String> values = values(name);
    if (values.isEmpty()) {
      return Value.absent();
    }
    if (values.size() > 1) {
      place(name).refuse("parameter.repeated", null, "Give this parameter once.");
      return Value.absent();
    }
    return read(values.getFirst(), place(name), rule);
  }

  /** A filter by equality: values separated by commas, or the parameter repeated, mean any of. */
  public <T> Value<List<T>> anyOf(String name, Rule<T> rule) {
    List<T> read = new ArrayList<>();
    for (String values : values(name)) {
      for (String value : values.split(",", -1)) {
        T item = read(value, place(name), rule).orNull();
        if (item != null) {
          read.add(item);
        }
      }
    }
    return read.isEmpty() ? Value.absent() : Value.of(List.copyOf(read));
  }

  public Value<Long> integer(String name, long least, long most) {
    return one(name, (node, at) -> Rules.integer(least, most).read(numeric(node), at));
  }

  /** A filter by labels in Kubernetes' selector syntax: {@code rack=a,zone in (x,y),!spare}. */
  public Value<LabelSelector> labels(String name) {
    return one(name, (node, at) -> LabelSelector.read(node.textValue(), at));
  }

  /** {@code limit} and {@code cursor}; {@code keys} is the keyset, in its order. */
  public Value<PageRequest> page(Key<?>... keys) {
    Value<Long> limit = integer("limit", 1, PageRequest.MOST);
    List<Key<?>> keyset = List.of(keys);
    String scope = Cursors.scope(given, keyset);
    Value<List<Object>> after =
        one("cursor", (node, at) -> Cursors.read(node.textValue(), scope, keyset, at));
    return Value.of(
        new PageRequest(
            limit.orElse(PageRequest.USUAL).intValue(), after.orElse(List.of()), scope));
  }

  /** Parameters that somebody else reads, as the watch does. */
  public void ignore(String... names) {
    known.addAll(List.of(names));
  }

  private List<String> values(String name) {
    known.add(name);
    return given.getOrDefault(name, List.of());
  }

  private void refuseUnknown() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        place(name)
            .refuse(
                "parameter.unknown",
                null,
                "Remove this parameter; known are " + String.join(", ", known) + ".");
      }
    }
  }

  private Place place(String name) {
    return new Place(name, violations);
  }

  private static <T> Value<T> read(String text, Place at, Rule<T> rule) {
    T value = rule.read(TextNode.valueOf(text), at);
    return value == null ? Value.absent() : Value.of(value);
  }

  private static JsonNode numeric(JsonNode node) {
    try {
      return LongNode.valueOf(Long.parseLong(node.textValue()));
    } catch (NumberFormatException e) {
      return node;
    }
  }
}
