package dev.perch.kit.web.page;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.input.Labels;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' label selector: requirements separated by commas, all of which must hold. {@code
 * rack=a}, {@code rack==a}, {@code rack!=a}, {@code zone in (x,y)}, {@code zone notin (x,y)},
 * {@code spare}, {@code !spare}. As there, {@code !=} and {@code notin} also match where the label
 * is missing.
 */
public record LabelSelector(List<Requirement> requirements) {

  /** One requirement. */
  public sealed interface Requirement {
    boolean matches(Map<String, String> labels);
  }

  /** The label has one of the values. */
  public record In(String key, Set<String> values) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return value != null && values.contains(value);
    }
  }

  /** The label is missing or has none of the values. */
  public record NotIn(String key, Set<String> values) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return value == null || !values.contains(value);
    }
  }

  public record Exists(String key) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      return labels.containsKey(key);
    }
  }

  public record Absent(String key) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      return !labels.containsKey(key);
    }
  }

  // Outside parentheses a comma separates requirements.
  private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*([^=!\\s]*)");

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  /** Adds the requirements on a {@code jsonb} column that holds the labels. */
  public void into(Where where, String column) {
    for (Requirement requirement : requirements) {
      switch (requirement) {
        case In(String key, Set<String> values) ->
            where.and(column + " ->> ? = any (?)", key, array(values));
        case NotIn(String key, Set<String> values) ->
            where.and("coalesce(" + column + " ->> ? <> all (?), true)", key, array(values));
        case Exists(String key) -> where.and("jsonb_exists(" + column + ", ?)", key);
        case Absent(String key) -> where.and("not jsonb_exists(" + column + ", ?)", key);
      }
    }
  }

  /** A text of at most so many UTF-16 units that is a selector. */
  public static Rule<LabelSelector> rule(int longest) {
    Rule<String> text = Rules.text(1, longest);
    return (node, at) -> {
      String selector = text.read(node, at);
      return selector == null ? null : read(selector, at);
    };
  }

  /** Returns the selector, or null after having said what is wrong with it. */
  static @Nullable LabelSelector read(String text, Place at) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : SEPARATOR.split(text, -1)) {
      Requirement requirement = requirement(part.strip());
      if (requirement == null) {
        at.refuse(
            "label.selector",
            TextNode.valueOf(part),
            "Use key=value, key!=value, key in (a,b), key notin (a,b), key or !key, with commas"
                + " between.");
        return null;
      }
      requirements.add(requirement);
    }
    return new LabelSelector(requirements);
  }

  private static @Nullable Requirement requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      Set<String> values = new TreeSet<>();
      for (String value : set.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      return valued(set.group(1), set.group(2).equals("in"), values);
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      return valued(equality.group(1), !equality.group(2).equals("!="), Set.of(equality.group(3)));
    }
    if (text.startsWith("!")) {
      String key = text.substring(1).strip();
      return Labels.isKey(key) ? new Absent(key) : null;
    }
    return Labels.isKey(text) ? new Exists(text) : null;
  }

  private static @Nullable Requirement valued(String key, boolean in, Set<String> values) {
    if (!Labels.isKey(key) || !values.stream().allMatch(Labels::isValue)) {
      return null;
    }
    return in ? new In(key, values) : new NotIn(key, values);
  }

  private static String[] array(Set<String> values) {
    return values.toArray(String[]::new);
  }
}
