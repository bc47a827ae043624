package dev.perch.bench.stack;

import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/** A bearer token that is replaced before its 5 minutes are over. */
public final class Token implements Supplier<String> {
  private static final Duration FRESH = Duration.ofMinutes(3);

  private final Stack stack;
  private final Role role;
  private String token = "";
  private long until = System.nanoTime();

  public Token(Stack stack) {
    this(stack, Role.OPERATOR);
  }

  public Token(Stack stack, Role role) {
    this.stack = stack;
    this.role = role;
  }

  @Override
  public synchronized String get() {
    if (token.isEmpty() || System.nanoTime() > until) {
      try {
        token = stack.token(role);
        until = System.nanoTime() + FRESH.toNanos();
      } catch (IOException e) {
        // The old one still lives for two minutes; the next request asks again.
        if (token.isEmpty()) {
          throw new UncheckedIOException(e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return token;
  }
}
