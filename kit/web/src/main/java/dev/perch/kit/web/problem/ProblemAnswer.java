package dev.perch.kit.web.problem;

import dev.perch.contract.Json;
import dev.perch.kit.web.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The HTTP answer of a problem, for whichever layer sends it. */
record ProblemAnswer(int status, Map<String, String> headers, String body) {

  static ProblemAnswer of(Problem problem, String traceId) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", ProblemDocument.MEDIA_TYPE);
    headers.put("Cache-Control", "no-store");
    Duration retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      headers.put("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    if (problem instanceof Problem.Unauthenticated) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    String body = Json.write(ProblemDocument.of(problem, traceId));
    return new ProblemAnswer(problem.type().status(), headers, body);
  }
}
