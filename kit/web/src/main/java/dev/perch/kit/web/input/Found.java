package dev.perch.kit.web.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a violation may show of the value that was found. */
final class Found {
  private static final int LONGEST = 200;
  private static final Pattern SECRET =
      Pattern.compile("password|passphrase|secret|token|key|credential", Pattern.CASE_INSENSITIVE);

  private Found() {}

  /**
   * The value itself when it is short and harmless. Objects and arrays are only counted, since a
   * secret may hide in them; a place named like a secret shows nothing.
   */
  static @Nullable JsonNode shown(String pointer, @Nullable JsonNode node) {
    if (node == null || node.isMissingNode() || SECRET.matcher(pointer).find()) {
      return null;
    }
    return switch (node.getNodeType()) {
      case OBJECT -> TextNode.valueOf(count("an object with %d fields", node));
      case ARRAY -> TextNode.valueOf(count("an array of %d", node));
      default -> shortened(node);
    };
  }

  private static JsonNode shortened(JsonNode node) {
    String text = node.asText();
    return text.length() <= LONGEST ? node : TextNode.valueOf(text.substring(0, LONGEST) + "…");
  }

  private static String count(String format, JsonNode node) {
    return String.format(Locale.ROOT, format, node.size());
  }
}
