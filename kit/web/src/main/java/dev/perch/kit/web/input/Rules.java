package dev.perch.kit.web.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules that most fields follow. */
public final class Rules {
  private static final int MOST_LABELS = 64;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Rules() {}

  /** Text of {@code least} to {@code most} UTF-16 units without control characters. */
  public static Rule<String> text(int least, int most) {
    return (node, at) -> {
      if (!isText(node, at)) {
        return null;
      }
      String text = node.textValue();
      if (text.length() < least || text.length() > most) {
        at.refuse("value.length", node, "Use " + least + " to " + most + " characters.");
        return null;
      }
      if (text.chars().anyMatch(Character::isISOControl)) {
        at.refuse("value.control-character", node, "Remove the control characters.");
        return null;
      }
      return text;
    };
  }

  /** Text that matches the whole pattern; the remedy says in words what the pattern is. */
  public static Rule<String> pattern(Pattern pattern, String remedy) {
    return matching(pattern.asMatchPredicate(), remedy);
  }

  /** RFC 1123 label: a host's or site's name. */
  public static Rule<String> label() {
    return pattern(
        LABEL,
        "Use up to 63 lower-case letters, digits or '-', beginning and ending with a letter or"
            + " digit (RFC 1123 label).");
  }

  /** RFC 1123 labels with dots between, 253 characters in all. */
  public static Rule<String> dnsName() {
    return matching(
        Rules::isDnsName,
        "Use RFC 1123 labels (lower-case letters, digits, '-') with dots between, up to 253"
            + " characters.");
  }

  static boolean isDnsName(String text) {
    return text.length() <= 253 && DNS_NAME.matcher(text).matches();
  }

  /** One of the constants, written exactly as in the enum. */
  public static <E extends Enum<E>> Rule<E> oneOf(Class<E> type) {
    Map<String, E> allowed =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(Enum::name, e -> e, (a, b) -> a, LinkedHashMap<String, E>::new));
    return (node, at) -> {
      E value = node.isTextual() ? allowed.get(node.textValue()) : null;
      if (value == null) {
        at.refuse("value.not-allowed", node, "Use one of " + String.join(", ", allowed.keySet()));
      }
      return value;
    };
  }

  public static Rule<UUID> uuid() {
    return (node, at) -> {
      if (!node.isTextual() || !UUID_TEXT.matcher(node.textValue()).matches()) {
        at.refuse("value.syntax", node, "Use a UUID, 8-4-4-4-12 hexadecimal digits.");
        return null;
      }
      return UUID.fromString(node.textValue());
    };
  }

  /** RFC 3339 with an offset: {@code 2026-11-22T10:15:30Z}. */
  public static Rule<Instant> instant() {
    return (node, at) -> {
      try {
        return node.isTextual() ? Instant.parse(node.textValue()) : refuseInstant(node, at);
      } catch (DateTimeParseException e) {
        return refuseInstant(node, at);
      }
    };
  }

  public static Rule<Long> integer(long least, long most) {
    return (node, at) -> {
      if (!node.isIntegralNumber() || !node.canConvertToLong()) {
        at.refuse("value.type", node, "Use an integer from " + least + " to " + most + ".");
        return null;
      }
      long value = node.longValue();
      if (value < least || value > most) {
        at.refuse("value.range", node, "Use an integer from " + least + " to " + most + ".");
        return null;
      }
      return value;
    };
  }

  public static Rule<Boolean> bool() {
    return (node, at) -> {
      if (!node.isBoolean()) {
        at.refuse("value.type", node, "Use true or false.");
        return null;
      }
      return node.booleanValue();
    };
  }

  /** Labels in Kubernetes' syntax, at most 64. */
  public static Rule<Map<String, String>> labels() {
    return (node, at) -> {
      if (!node.isObject()) {
        at.refuse("value.type", node, "Use an object whose fields are texts.");
        return null;
      }
      if (node.size() > MOST_LABELS) {
        at.refuse("value.length", node, "Use at most " + MOST_LABELS + " labels.");
        return null;
      }
      int before = at.violations().size();
      Map<String, String> labels = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> label : node.properties()) {
        Place here = at.field(label.getKey());
        if (!Labels.isKey(label.getKey())) {
          here.refuse("label.key", null, Labels.KEY_REMEDY);
        }
        if (!label.getValue().isTextual() || !Labels.isValue(label.getValue().textValue())) {
          here.refuse("label.value", label.getValue(), Labels.VALUE_REMEDY);
        }
        labels.put(label.getKey(), label.getValue().asText());
      }
      return at.violations().size() == before ? labels : null;
    };
  }

  public static <T> Rule<List<T>> list(Rule<T> element, int most) {
    return (node, at) -> {
      if (!node.isArray() || node.size() > most) {
        at.refuse("value.type", node, "Use an array of at most " + most + " elements.");
        return null;
      }
      int before = at.violations().size();
      List<T> list = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        T value = element.read(node.get(i), at.element(i));
        if (value != null) {
          list.add(value);
        }
      }
      return at.violations().size() == before ? List.copyOf(list) : null;
    };
  }

  /** A nested object. */
  public static <T> Rule<T> object(Fields.Shape<T> shape) {
    return (node, at) -> Fields.read(node, at, shape);
  }

  private static Rule<String> matching(Predicate<String> good, String remedy) {
    return (node, at) -> {
      if (!isText(node, at)) {
        return null;
      }
      if (!good.test(node.textValue())) {
        at.refuse("value.syntax", node, remedy);
        return null;
      }
      return node.textValue();
    };
  }

  private static boolean isText(JsonNode node, Place at) {
    if (!node.isTextual()) {
      at.refuse("value.type", node, "Use a text.");
    }
    return node.isTextual();
  }

  private static @org.jspecify.annotations.Nullable Instant refuseInstant(JsonNode node, Place at) {
    at.refuse("value.syntax", node, "Use RFC 3339 with an offset: 2026-11-22T10:15:30Z.");
    return null;
  }
}
