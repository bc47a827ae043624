package dev.perch.agent.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.apply.Driver.ReadBack;
import dev.perch.contract.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One way through plan, validate, apply and read back; its result is what is reported. */
sealed interface Attempt {

  /**
   * What is wanted is there.
   *
   * @param repaired what had to be put right although the document was applied before; null if
   *     nothing
   */
  record Reached(ReadBack readBack, @Nullable String repaired) implements Attempt {}

  /** The document cannot be applied as it is. */
  record Refused(List<Violation> violations) implements Attempt {
    String message() {
      return violations.stream()
          .map(v -> v.field() + ": " + v.found() + " (" + v.code() + "): " + v.remedy())
          .collect(Collectors.joining("; "));
    }

    JsonNode seen() {
      ObjectNode seen = Json.MAPPER.createObjectNode();
      seen.set("violations", Json.MAPPER.valueToTree(violations));
      return seen;
    }
  }

  /**
   * It did not work, and will be tried again later.
   *
   * @param reason CamelCase, for programs
   */
  record Missed(String reason, String message) implements Attempt {}

  /**
   * @param reachedBefore whether this generation was already applied and verified
   */
  static Attempt make(Driver driver, Document document, boolean reachedBefore) {
    try {
      Plan plan = driver.plan(document);
      if (!plan.violations().isEmpty()) {
        return new Refused(List.copyOf(plan.violations()));
      }
      String difference = plan.difference();
      if (difference != null) {
        plan.apply();
      }
      ReadBack seen = plan.readBack();
      boolean repaired = reachedBefore && !Boolean.FALSE.equals(seen.verified());
      return new Reached(seen, repaired ? difference : null);
    } catch (Failed e) {
      return new Missed(e.reason(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Missed("HostRefused", e.getClass().getSimpleName() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      return new Missed("DriverFailed", e.getClass().getSimpleName());
    }
  }
}
