package dev.perch.kit.timeline;

import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** What the database refuses on our behalf; the names are those in the migrations. */
public final class Constraints {
  private Constraints() {}

  /** The violated constraint, however deep the layers above have wrapped it; empty if none was. */
  public static String violated(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConstraintViolationException violation) {
        String name = violation.getConstraintName();
        return name == null ? "" : name;
      }
    }
    return "";
  }
}
