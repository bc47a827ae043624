package dev.perch.kit.web.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object into a record and finds everything that is wrong with it on the way.
 *
 * <pre>{@code
 * NewHost host = Fields.bind(body, f -> {
 *   var name = f.required("name", Rules.label());
 *   var labels = f.optional("labels", Rules.labels());
 *   return () -> new NewHost(name.get(), labels.orElse(Map.of()));
 * });
 * }</pre>
 */
public final class Fields {

  /** Names the fields of an object and says how to build its value when all of them are right. */
  @FunctionalInterface
  public interface Shape<T> {
    Supplier<T> of(Fields fields);
  }

  private final JsonNode object;
  private final Place at;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> refused = new HashSet<>();

  private Fields(JsonNode object, Place at) {
    this.object = object;
    this.at = at;
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} with every violation
   */
  public static <T> T bind(@Nullable JsonNode body, Shape<T> shape) {
    List<Violation> violations = new ArrayList<>();
    T value = read(body, new Place("", violations), shape);
    if (value == null) {
      throw new Problem.Invalid(violations).asException();
    }
    return value;
  }

  /**
   * Applies a merge patch to a resource's writable document and reads the result. A field that
   * cannot be written is refused even where the patch would only remove it.
   */
  public static <T> T bindPatch(JsonNode writable, @Nullable JsonNode patch, Shape<T> shape) {
    if (patch == null || !patch.isObject()) {
      return bind(patch, shape);
    }
    JsonNode merged = MergePatch.apply(writable, patch);
    return bind(
        merged,
        fields -> {
          Supplier<T> value = shape.of(fields);
          patch.fieldNames().forEachRemaining(name -> fields.refuseUnlessKnown(name, patch));
          return value;
        });
  }

  static <T> @Nullable T read(@Nullable JsonNode node, Place at, Shape<T> shape) {
    if (node == null || !node.isObject()) {
      at.refuse("body.not-an-object", node, "Send a JSON object.");
      return null;
    }
    int before = at.violations().size();
    Fields fields = new Fields(node, at);
    Supplier<T> value = shape.of(fields);
    node.fieldNames().forEachRemaining(name -> fields.refuseUnlessKnown(name, node));
    return at.violations().size() == before ? value.get() : null;
  }

  /** A field that must be there and not null. */
  public <T> Value<T> required(String name, Rule<T> rule) {
    known.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      at.field(name).refuse("field.required", null, "Add this field.");
      return Value.absent();
    }
    return apply(name, node, rule);
  }

  /** A field that may be left out; null is the same as leaving it out. */
  public <T> Value<T> optional(String name, Rule<T> rule) {
    known.add(name);
    JsonNode node = object.path(name);
    return node.isMissingNode() || node.isNull() ? Value.absent() : apply(name, node, rule);
  }

  /** Fields that the resource shows and nobody may send. */
  public void readOnly(String... names) {
    for (String name : names) {
      known.add(name);
      if (object.has(name)) {
        at.field(name)
            .refuse("field.read-only", object.get(name), "Leave this field out; it is observed.");
      }
    }
  }

  /** Reports what only several fields together make wrong. */
  public void refuse(String code, String name, String remedy) {
    at.field(name).refuse(code, object.path(name), remedy);
  }

  private <T> Value<T> apply(String name, JsonNode node, Rule<T> rule) {
    T value = rule.read(node, at.field(name));
    return value == null ? Value.absent() : Value.of(value);
  }

  private void refuseUnlessKnown(String name, JsonNode found) {
    if (!known.contains(name) && refused.add(name)) {
      at.field(name)
          .refuse(
              "field.unknown",
              found.path(name),
              "Remove this field; known are " + String.join(", ", known) + ".");
    }
  }
}
