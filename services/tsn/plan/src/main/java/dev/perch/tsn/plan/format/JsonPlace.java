package dev.perch.tsn.plan.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON file, and where it stands. Reading something that is not there, or not what it
 * should be, makes a fault and gives a value to go on with, so that all faults are told at once.
 */
final class JsonPlace {
  private final JsonFile file;
  private final JsonNode node;
  private final String pointer;

  JsonPlace(JsonFile file, JsonNode node, String pointer) {
    this.file = file;
    this.node = node;
    this.pointer = pointer;
  }

  /** A member; a place that is missing if there is none. */
  JsonPlace at(String name) {
    return new JsonPlace(file, node.path(name), pointer + "/" + name);
  }

  /** False for null, too. */
  boolean exists() {
    return !node.isMissingNode() && !node.isNull();
  }

  boolean isText() {
    return node.isTextual();
  }

  boolean isArray() {
    return node.isArray();
  }

  boolean isObject() {
    return node.isObject();
  }

  /** The elements of an array; none, and a fault, if it is no array. */
  List<JsonPlace> elements() {
    List<JsonPlace> elements = new ArrayList<>();
    if (!node.isArray()) {
      fault(file.show(node), "write an array");
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      elements.add(new JsonPlace(file, node.get(i), pointer + "/" + i));
    }
    return elements;
  }

  /** The members of an object by name; none, and a fault, if it is no object. */
  List<Map.Entry<String, JsonPlace>> members() {
    List<Map.Entry<String, JsonPlace>> members = new ArrayList<>();
    if (!node.isObject()) {
      fault(file.show(node), "write an object");
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      members.add(Map.entry(member.getKey(), at(member.getKey())));
    }
    return members;
  }

  /** Text; a number is taken as its digits. */
  String text() {
    if (!node.isTextual() && !node.isIntegralNumber() || node.asText().isBlank()) {
      fault(file.show(node), "write a text");
      return "";
    }
    return node.asText();
  }

  String text(String absent) {
    return exists() ? text() : absent;
  }

  /** Elements as texts. */
  List<String> texts() {
    return elements().stream().map(JsonPlace::text).toList();
  }

  long integer(long least, long most) {
    if (!node.isNumber()
        || node.asDouble() != Math.rint(node.asDouble())
        || !node.canConvertToLong()
        || node.longValue() < least
        || node.longValue() > most) {
      String upTo = most == Long.MAX_VALUE ? "" : " to " + most;
      fault(file.show(node), "write a whole number from " + least + upTo);
      return least;
    }
    return node.longValue();
  }

  long integer(long least, long most, long absent) {
    return exists() ? integer(least, most) : absent;
  }

  /** A duration, ns: a fraction is rounded up; 0 if absent. */
  long upward() {
    boolean fraction = node.isNumber() && node.asDouble() >= 0 && node.asDouble() < 1L << 52;
    return fraction ? (long) Math.ceil(node.asDouble()) : integer(0, Long.MAX_VALUE, 0);
  }

  /** Null if absent, or null. */
  @Nullable Long optional(long least) {
    return exists() ? (Long) integer(least, Long.MAX_VALUE) : null;
  }

  boolean bool(boolean absent) {
    if (exists() && !node.isBoolean()) {
      fault(file.show(node), "write true or false");
    }
    return exists() ? node.asBoolean(absent) : absent;
  }

  <E extends Enum<E>> E oneOf(Class<E> type, E absent) {
    if (!exists()) {
      return absent;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(node.asText())) {
        return value;
      }
    }
    fault(file.show(node), "write one of " + List.of(type.getEnumConstants()));
    return absent;
  }

  /** Members that nobody asked for: most often misspelt. */
  void only(Set<String> names) {
    for (Map.Entry<String, JsonPlace> member : members()) {
      if (!names.contains(member.getKey())) {
        member.getValue().fault("an unknown field", "use " + String.join(", ", names));
      }
    }
  }

  /** A value of the model; null, and its violations as faults, if the model refuses it. */
  <T> @Nullable T make(Supplier<T> maker) {
    return file.faults().make(file.name(), file.line(pointer), maker);
  }

  void fault(String found, String remedy) {
    file.faults().add(file.name(), file.line(pointer), pointer, found, remedy);
  }
}
