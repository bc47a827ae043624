package dev.perch.kit.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.util.List;

/**
 * A problem as it goes over the wire (RFC 9457).
 *
 * @param traceId finds the request in the log
 */
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations,
    String traceId) {

  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPE = "urn:perch:problem:";

  static ProblemDocument of(Problem problem, String traceId) {
    Problem.Type type = problem.type();
    return new ProblemDocument(
        TYPE + type.slug(),
        type.title(),
        type.status(),
        problem.detail(),
        problem.violations(),
        traceId);
  }
}
