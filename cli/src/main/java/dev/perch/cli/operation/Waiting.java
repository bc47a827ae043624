package dev.perch.cli.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at an operation until it is at its end, and tells each step as it goes. */
public final class Waiting {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Rest rest;
  private final Screen screen;
  private final Map<String, String> told = new HashMap<>();

  public Waiting(Rest rest, Screen screen) {
    this.rest = rest;
    this.screen = screen;
  }

  /**
   * Shows the operation when it is at its end.
   *
   * @param timeout null to wait for as long as it takes
   * @return {@link ExitCode#DONE} if it succeeded
   * @throws Failure if the time is over; the operation goes on
   */
  public int until(String id, @Nullable Duration timeout)
      throws IOException, InterruptedException, Failure {
    long begin = System.nanoTime();
    Duration pause = FIRST;
    while (true) {
      JsonNode operation = rest.send(Call.get("/v1/operations/" + id)).body();
      tell(operation);
      if (operation.hasNonNull("finishedAt")) {
        screen.one(operation);
        return end(operation);
      }
      if (timeout != null && System.nanoTime() - begin > timeout.toNanos()) {
        throw new Failure(
            ExitCode.FAILED,
            "the operation goes on: " + Column.word(operation.path("state").asText()),
            "  Wait again: perch operations wait " + id);
      }
      Thread.sleep(pause);
      pause = pause.plus(FIRST).compareTo(LONGEST) < 0 ? pause.plus(FIRST) : LONGEST;
    }
  }

  /** What an operation is at: its first step that is begun and not done. */
  static String step(JsonNode operation) {
    for (JsonNode step : operation.path("steps")) {
      switch (step.path("state").asText()) {
        case "RUNNING", "WAITING", "COMPENSATING" -> {
          return step.path("name").asText();
        }
        default -> {}
      }
    }
    return operation.path("failure").path("step").asText("");
  }

  /** A line when a step's state or words change, and every tenth of its way. */
  private void tell(JsonNode operation) {
    for (JsonNode step : operation.path("steps")) {
      String name = step.path("name").asText();
      String state = Column.word(step.path("state").asText());
      String message = step.path("message").asText("");
      int percent = step.path("progress").asInt();
      String news = state + " " + percent / 10 + " " + message;
      if (!state.equals("pending") && !news.equals(told.put(name, news))) {
        String progress = step.hasNonNull("progress") ? percent + " %" : "";
        screen.say(
            "%-24s  %-12s  %5s  %s".formatted(name, state, progress, message).stripTrailing());
      }
    }
  }

  private int end(JsonNode operation) {
    if (operation.path("state").asText().equals("SUCCEEDED")) {
      return ExitCode.DONE;
    }
    JsonNode failure = operation.path("failure");
    screen.say(
        "perch: the operation "
            + Column.word(operation.path("state").asText())
            + (failure.isMissingNode()
                ? ""
                : " at "
                    + failure.path("step").asText()
                    + ": "
                    + failure.path("message").asText()));
    return ExitCode.FAILED;
  }
}
