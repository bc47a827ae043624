package dev.perch.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.perch.cli.ExitCode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service says is wrong (RFC 9457, with every violation).
 *
 * @param traceId finds the request in the service's log; empty if the answer was no problem of ours
 */
public record Problem(
    int status, String title, String detail, List<Violation> violations, String traceId) {

  public Problem {
    violations = List.copyOf(violations);
  }

  /**
   * @param field where: a pointer into the body, or the name of a parameter or header
   * @param found what was there, as JSON; missing if it is not said
   */
  public record Violation(String code, String field, JsonNode found, String remedy) {
    private static final int LONGEST = 60;

    String line() {
      String text = found.isTextual() ? found.asText() : found.toString();
      String shown =
          found.isMissingNode()
              ? ""
              : " found \""
                  + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                  + "\".";
      return "  " + field + ":" + shown + " " + remedy + " [" + code + "]";
    }
  }

  static Problem of(int status, byte[] body) {
    JsonNode json = read(body);
    List<Violation> violations = new ArrayList<>();
    for (JsonNode violation : json.path("violations")) {
      violations.add(
          new Violation(
              violation.path("code").asText(),
              violation.path("field").asText(),
              violation.path("found"),
              violation.path("remedy").asText()));
    }
    return new Problem(
        status,
        json.path("title").asText("HTTP status " + status),
        json.path("detail").asText(""),
        violations,
        json.path("traceId").asText(""));
  }

  int exitCode() {
    return switch (status) {
      case 400, 413, 415 -> ExitCode.BAD_INPUT;
      case 401, 403 -> ExitCode.NOT_ALLOWED;
      case 404, 410 -> ExitCode.NOT_FOUND;
      case 429, 502, 503, 504 -> ExitCode.NOT_REACHABLE;
      default -> status < 500 ? ExitCode.REFUSED : ExitCode.FAILED;
    };
  }

  String headline() {
    // With violations below it, the detail only says that they are there.
    String sentence = detail.isEmpty() || !violations.isEmpty() ? title : detail;
    return traceId.isEmpty() ? sentence : sentence + " (trace " + traceId + ")";
  }

  List<String> remedies() {
    List<String> lines = new ArrayList<>(violations.stream().map(Violation::line).toList());
    switch (status) {
      case 401 -> lines.add("  Sign in again: perch login");
      case 403 -> lines.add("  Ask for a role that may: viewer reads, operator changes.");
      case 412 -> lines.add("  Somebody else changed it: look at it, then try again.");
      default -> {}
    }
    return lines;
  }

  /** An answer that is not JSON comes from something in front of the service. */
  private static JsonNode read(byte[] body) {
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
