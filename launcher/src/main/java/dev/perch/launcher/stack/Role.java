package dev.perch.launcher.stack;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The roles of Perch. Each may do what those before it may. */
public enum Role {
  VIEWER,
  OPERATOR,
  ADMIN;

  /** As it stands in a token. */
  public String claim() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String claim) {
    return Stream.of(values()).filter(role -> role.claim().equals(claim)).findFirst();
  }
}
