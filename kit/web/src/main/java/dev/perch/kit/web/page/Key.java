package dev.perch.kit.web.page;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One value of a keyset. A cursor comes from outside, so its values are checked like any parameter.
 *
 * @param name ties cursors to the order they were made for
 */
public record Key<T>(String name, Rule<T> rule) {
  private static final int LONGEST = 1000;

  public static Key<String> text(String name) {
    return new Key<>(name, Rules.text(0, LONGEST));
  }

  public static Key<UUID> uuid(String name) {
    return new Key<>(name, Rules.uuid());
  }

  /** A number that is not negative. */
  public static Key<Long> number(String name) {
    Rule<Long> rule = Rules.integer(0, Long.MAX_VALUE);
    return new Key<>(name, (node, at) -> rule.read(parsed(node.textValue()), at));
  }

  /** Returns the value, or null if it is none. */
  @Nullable T read(String text) {
    return rule.read(TextNode.valueOf(text), new Place("cursor", new ArrayList<>()));
  }

  private static LongNode parsed(String text) {
    try {
      return LongNode.valueOf(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return LongNode.valueOf(-1);
    }
  }
}
