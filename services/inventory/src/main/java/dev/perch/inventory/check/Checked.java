package dev.perch.inventory.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.Violation;
import org.jspecify.annotations.Nullable;

/** A check that was asked. */
public record Checked(Check check, boolean ok, @Nullable JsonNode found) {

  public Violation violation() {
    return new Violation(check.name(), check.about(), found, check.remedy());
  }
}
