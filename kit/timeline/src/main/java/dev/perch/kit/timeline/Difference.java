package dev.perch.kit.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of a resource.
 *
 * @param before the touched subtrees as they were
 * @param after the touched subtrees as they are
 * @param changed RFC 6901 pointers to what differs, in order; {@code ""} is the whole document
 */
public record Difference(
    @Nullable JsonNode before, @Nullable JsonNode after, List<String> changed) {

  /** These change with every version, so naming them says nothing. */
  private static final Set<String> ALWAYS = Set.of("version", "updatedAt");

  public Difference {
    changed = List.copyOf(changed);
  }

  /** A version with nothing before it. */
  public static Difference created(JsonNode state) {
    return new Difference(null, state, List.of(""));
  }

  /** A version with nothing after it. */
  public static Difference deleted(JsonNode last) {
    return new Difference(last, null, List.of(""));
  }

  public static Difference between(JsonNode before, JsonNode after) {
    ObjectNode was = JsonNodeFactory.instance.objectNode();
    ObjectNode is = JsonNodeFactory.instance.objectNode();
    List<String> changed = new ArrayList<>();
    compare("", before, after, was, is, changed);
    changed.sort(Comparator.naturalOrder());
    return new Difference(was, is, changed);
  }

  /** Arrays and scalars differ as a whole; objects member by member. */
  private static void compare(
      String path,
      JsonNode before,
      JsonNode after,
      ObjectNode was,
      ObjectNode is,
      List<String> changed) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    if (path.isEmpty()) {
      names.removeAll(ALWAYS);
    }
    for (String name : names) {
      JsonNode old = before.get(name);
      JsonNode now = after.get(name);
      if (Objects.equals(old, now)) {
        continue;
      }
      String pointer = path + "/" + name.replace("~", "~0").replace("/", "~1");
      if (old instanceof ObjectNode oldObject && now instanceof ObjectNode nowObject) {
        compare(pointer, oldObject, nowObject, was.putObject(name), is.putObject(name), changed);
        continue;
      }
      if (old != null) {
        was.set(name, old);
      }
      if (now != null) {
        is.set(name, now);
      }
      changed.add(pointer);
    }
  }
}
