package dev.perch.kit.web.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands, and where what is wrong with it is collected.
 *
 * @param pointer RFC 6901 pointer into the body, or a parameter's name
 */
public record Place(String pointer, List<Violation> violations) {

  // Shared with the whole document on purpose: a place only adds to it.

  /** The place of a field of the object here. */
  public Place field(String name) {
    return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), violations);
  }

  /** The place of an element of the array here. */
  public Place element(int index) {
    return new Place(pointer + "/" + index, violations);
  }

  public void refuse(String code, @Nullable JsonNode found, String remedy) {
    violations.add(new Violation(code, pointer, Found.shown(pointer, found), remedy));
  }
}
