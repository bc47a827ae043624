package dev.perch.inventory;

import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import java.util.Set;

/** What sites, groups and hosts may be called. */
public final class Names {
  /** Words that mean something else where a name is expected: selectors, paths, the machine. */
  private static final Set<String> RESERVED =
      Set.of("all", "any", "none", "self", "unknown", "localhost");

  private Names() {}

  public static Rule<String> site() {
    return Rules.label().except(RESERVED);
  }

  public static Rule<String> group() {
    return Rules.label().except(RESERVED);
  }

  /** A host may be called by its fully qualified name. */
  public static Rule<String> host() {
    return Rules.dnsName().except(RESERVED);
  }
}
