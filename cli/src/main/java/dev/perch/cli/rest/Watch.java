package dev.perch.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.contract.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The changes of a list, as they happen. A stream that ends, with the token or the replica, is
 * resumed where it was.
 */
public final class Watch {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Rest rest;
  private final Call list;
  private final Consumer<String> notices;

  /**
   * @param list the list whose changes are wanted
   * @param notices told in words when changes may be late, or were missed
   */
  public Watch(Rest rest, Call list, Consumer<String> notices) {
    this.rest = rest;
    this.list =
        list.with("watch", true).withHeader("Accept", "text/event-stream, application/json;q=0.1");
    this.notices = notices;
  }

  /** Gets each change; false ends the watch. */
  @FunctionalInterface
  public interface Sink {
    boolean take(String type, JsonNode change) throws InterruptedException;
  }

  /**
   * Follows until the sink has enough.
   *
   * @param from where to begin; empty for now
   * @throws Failure if the very first attempt fails, or the service refuses for good
   */
  public void follow(String from, Sink sink) throws Failure, IOException, InterruptedException {
    String cursor = from;
    Duration wait = Duration.ofMillis(200);
    boolean opened = false;
    while (true) {
      try (var lines =
          new BufferedReader(new InputStreamReader(open(cursor), StandardCharsets.UTF_8))) {
        opened = true;
        for (ServerEvent e = ServerEvent.read(lines); e != null; e = ServerEvent.read(lines)) {
          cursor = e.id().isEmpty() ? cursor : e.id();
          wait = Duration.ofMillis(200);
          if (!e.data().isEmpty() && !sink.take(e.type(), Json.MAPPER.readTree(e.data()))) {
            return;
          }
        }
      } catch (ProblemFailure e) {
        if (e.problem().status() == 410) {
          notices.accept("Changes were missed: the log does not reach back that far.");
          cursor = "";
        } else if (e.exitCode() != ExitCode.NOT_REACHABLE) {
          throw e;
        }
        wait = e.retryAfter();
      } catch (Failure e) {
        if (!opened) {
          throw e;
        }
        notices.accept(e.getMessage() + "; trying again in " + wait.toMillis() + " ms");
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("the watch was ended");
        }
        // The stream broke off; the cursor knows where.
        notices.accept("The connection was lost; going on in " + wait.toMillis() + " ms");
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private InputStream open(String cursor) throws Failure, IOException, InterruptedException {
    return rest.open(cursor.isEmpty() ? list : list.withHeader("Last-Event-ID", cursor));
  }
}
