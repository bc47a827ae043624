package dev.perch.kit.bad;

import dev.perch.beta.Neighbour;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Date;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Classes that break one rule each. */
public final class Bad {
  public static final class Print {
    void say() {
      System.out.println("hello");
    }
  }

  public static final class JulLogger {
    final Logger logger = Logger.getLogger("bad");
  }

  public static final class OldTime {
    @SuppressWarnings("JavaUtilDate")
    final Date date = new Date();
  }

  public static final class StringUtil {}

  public static final class Injected {
    @Inject @Nullable String text;
  }

  @Singleton
  public record Annotated(String text) {}

  public static final class OfKit {
    final Neighbour neighbour = new Neighbour();
  }

  public static final class Sleeper {
    void sleep() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  private Bad() {}
}
