package dev.perch.kit.web.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final JsonNode sent;
  private final Place at;
  private final Set<String> known = new TreeSet<>();

  /**
   * @param object what is read
   * @param sent what the caller sent of it: all, or the patch
   */
  private Fields(JsonNode object, JsonNode sent, Place at) {
    this.object = object;
    this.sent = sent;
    this.at = at;
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} with every violation
   */
  public static <T> T bind(@Nullable JsonNode body, Shape<T> shape) {
    List<Violation> violations = new ArrayList<>();
    return found(read(body, new Place("", violations), shape), violations);
  }

  /**
   * Applies a merge patch to a resource's writable document and reads the result. A field that
   * cannot be written is refused even where the patch would only remove it.
   *
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} with every violation
   */
  public static <T> T bindPatch(JsonNode writable, @Nullable JsonNode patch, Shape<T> shape) {
    if (patch == null || !patch.isObject()) {
      return bind(patch, shape);
    }
    List<Violation> violations = new ArrayList<>();
    JsonNode merged = MergePatch.apply(writable, patch);
    return found(new Fields(merged, patch, new Place("", violations)).read(shape), violations);
  }

  static <T> @Nullable T read(@Nullable JsonNode node, Place at, Shape<T> shape) {
    if (node == null || !node.isObject()) {
      at.refuse("body.not-an-object", node, "Send a JSON object.");
      return null;
    }
    return new Fields(node, node, at).read(shape);
  }

  private <T> @Nullable T read(Shape<T> shape) {
    int before = at.violations().size();
    Supplier<T> value = shape.of(this);
    refuseUnknown();
    return at.violations().size() == before ? value.get() : null;
  }

  private static <T> T found(@Nullable T value, List<Violation> violations) {
    if (value == null) {
      throw new Problem.Invalid(violations).asException();
    }
    return value;
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

  /** Whether the field is there and not null, right or wrong. */
  public boolean has(String name) {
    return !object.path(name).isMissingNode() && !object.path(name).isNull();
  }

  /** Fields that the resource shows and nobody may send. */
  public void readOnly(String... names) {
    for (String name : names) {
      known.add(name);
      if (sent.has(name)) {
        at.field(name)
            .refuse("field.read-only", sent.get(name), "Leave this field out; it is observed.");
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

  private void refuseUnknown() {
    for (Map.Entry<String, JsonNode> field : sent.properties()) {
      if (!known.contains(field.getKey())) {
        at.field(field.getKey())
            .refuse(
                "field.unknown",
                field.getValue(),
                "Remove this field; known are " + String.join(", ", known) + ".");
      }
    }
  }
}
