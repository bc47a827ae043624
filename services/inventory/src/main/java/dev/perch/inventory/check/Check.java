package dev.perch.inventory.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold before an action.
 *
 * @param name stable, for programs: {@code clock.synchronised}
 * @param about where it is looked up: an RFC 6901 pointer into the host, or into {@code /facets}
 * @param isWaivable may an operator do without it? What the action stands on is not
 * @param remedy what to do when it does not hold, for people
 */
public record Check(String name, String about, boolean isWaivable, String remedy, Rule rule) {

  /** Looks at a host. */
  @FunctionalInterface
  public interface Rule {
    Finding of(Subject subject);
  }

  /**
   * What a rule found.
   *
   * @param found for people and programs; never a secret
   */
  public record Finding(boolean holds, @Nullable JsonNode found) {

    static Finding of(boolean holds, @Nullable Object found) {
      return new Finding(holds, found == null ? null : Json.MAPPER.valueToTree(found));
    }
  }

  /** One the action stands on. */
  static Check strict(String name, String about, String remedy, Rule rule) {
    return new Check(name, about, false, remedy, rule);
  }

  /** One an operator may do without. */
  static Check waivable(String name, String about, String remedy, Rule rule) {
    return new Check(name, about, true, remedy, rule);
  }

  /** Asks it. */
  public Checked on(Subject subject) {
    Finding finding = rule.of(subject);
    return new Checked(this, finding.holds(), finding.found());
  }
}
