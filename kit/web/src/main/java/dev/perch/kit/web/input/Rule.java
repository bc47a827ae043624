package dev.perch.kit.web.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a field must be. {@link Rules} has the usual ones. */
@FunctionalInterface
public interface Rule<T> {

  /** Returns the value, or null after having told {@code at} what is wrong. */
  @Nullable T read(JsonNode node, Place at);

  /** This rule, and not one of the reserved words. */
  default Rule<T> except(Collection<String> reserved) {
    return (node, at) -> {
      T value = read(node, at);
      if (value == null || !reserved.contains(value.toString())) {
        return value;
      }
      at.refuse("value.reserved", node, "This word is reserved; choose another.");
      return null;
    };
  }
}
