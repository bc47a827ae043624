package dev.perch.kit.web.input;

import org.jspecify.annotations.Nullable;

/**
 * What was read from one field. Only the supplier a shape returns may ask for it, because that runs
 * after every check has passed.
 */
public final class Value<T> {
  private final @Nullable T value;
  private final boolean read;

  private Value(@Nullable T value, boolean read) {
    this.value = value;
    this.read = read;
  }

  public static <T> Value<T> of(T value) {
    return new Value<>(value, true);
  }

  public static <T> Value<T> absent() {
    return new Value<>(null, false);
  }

  public boolean isPresent() {
    return read;
  }

  /** The value of a required field. */
  public T get() {
    if (value == null) {
      throw new IllegalStateException("The field is absent or was refused");
    }
    return value;
  }

  public T orElse(T other) {
    return value == null ? other : value;
  }

  public @Nullable T orNull() {
    return value;
  }
}
