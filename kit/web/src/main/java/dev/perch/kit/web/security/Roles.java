package dev.perch.kit.web.security;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The three roles. Each one may do all that those before it may. */
public final class Roles {
  public static final String VIEWER = "viewer";
  public static final String OPERATOR = "operator";
  public static final String ADMIN = "admin";

  private static final List<String> ASCENDING = List.of(VIEWER, OPERATOR, ADMIN);

  private Roles() {}

  /** The roles of Perch among those granted, and those they imply. */
  static Set<String> implied(Set<String> granted) {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < ASCENDING.size(); i++) {
      if (granted.contains(ASCENDING.get(i))) {
        all.addAll(ASCENDING.subList(0, i + 1));
      }
    }
    return Set.copyOf(all);
  }
}
