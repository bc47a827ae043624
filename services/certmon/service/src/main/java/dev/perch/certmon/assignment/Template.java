package dev.perch.certmon.assignment;

import dev.perch.certmon.host.KnownHosts.KnownHost;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders for what is known of a host: {@code {name}}, {@code {id}}, {@code
 * {label:KEY}}. Addresses of hosts are not known here.
 */
record Template(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final String LABEL = "label:";
  private static final UUID NOBODY = new UUID(0, 0);

  /** A placeholder that nothing can be put in for. */
  static final class Unfilled extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Unfilled(String message) {
      super(message);
    }
  }

  /**
   * @throws Unfilled if the host does not have what a placeholder names
   */
  String of(KnownHost host) {
    Map<String, String> labels = host.labels();
    return filled(
        placeholder ->
            value(
                placeholder,
                host.name(),
                host.id(),
                key -> labels == null ? null : labels.get(key)));
  }

  /**
   * As for some host, to see whether it could be right.
   *
   * @param label what any label says
   * @throws Unfilled if there is no such placeholder
   */
  String sample(String label) {
    return filled(placeholder -> value(placeholder, "h-1", NOBODY, key -> label));
  }

  private static String value(
      String placeholder, String name, UUID id, Function<String, @Nullable String> labels) {
    if (placeholder.startsWith(LABEL)) {
      String value = labels.apply(placeholder.substring(LABEL.length()));
      if (value == null || value.isEmpty()) {
        throw new Unfilled("the host has no label " + placeholder.substring(LABEL.length()));
      }
      return value;
    }
    return switch (placeholder) {
      case "name" -> name;
      case "id" -> id.toString();
      default -> throw new Unfilled("there is no placeholder {" + placeholder + "}");
    };
  }

  private String filled(Function<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
  }
}
