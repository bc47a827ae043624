package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What an answer other than success means: a {@code Status} object of the API, if it is one. */
final class Refusals {
  private static final Duration PATIENCE_OF_LIMITS = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);
  private static final int LONGEST_DETAIL = 400;

  private Refusals() {}

  /** A {@code Status} that ends an answer which had begun well. */
  static ApiFailure inStream(JsonNode status) {
    return of(status.path("code").asInt(500), NONE, status);
  }

  static ApiFailure of(int code, HttpHeaders headers, JsonNode status) {
    String detail = detail(code, status);
    return switch (code) {
      case 409 -> isTerminating(status) ? missing(detail) : new ApiFailure.Conflict(detail);
      case 410 -> new ApiFailure.Expired(detail);
      default -> new ApiFailure(failure(code, headers, status, detail));
    };
  }

  private static Failure failure(int code, HttpHeaders headers, JsonNode status, String detail) {
    Optional<Duration> retryAfter = retryAfter(headers, status);
    if (code >= 500) {
      return new Failure.Unwell(detail, retryAfter);
    }
    return switch (code) {
      case 401 -> new Failure.Unauthorised(detail);
      case 403 ->
          isTerminating(status)
              ? new Failure.NamespaceMissing(detail)
              : new Failure.Forbidden(detail);
      case 404 ->
          status.at("/details/kind").asText().equals("namespaces")
              ? new Failure.NamespaceMissing(detail)
              : new Failure.Refused(detail);
      case 429 -> new Failure.Throttled(detail, retryAfter.orElse(PATIENCE_OF_LIMITS));
      default -> new Failure.Refused(detail);
    };
  }

  private static ApiFailure missing(String detail) {
    return new ApiFailure(new Failure.NamespaceMissing(detail));
  }

  /** Nothing new is taken in a namespace that is about to go. */
  private static boolean isTerminating(JsonNode status) {
    for (JsonNode cause : status.at("/details/causes")) {
      if (cause.path("reason").asText().equals("NamespaceTerminating")) {
        return true;
      }
    }
    return false;
  }

  /** The API's messages name fields and objects, never the values of a Secret's data. */
  private static String detail(int code, JsonNode status) {
    String message = status.path("message").asText("no reason given");
    String text = "HTTP " + code + ": " + message;
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers, JsonNode status) {
    long seconds =
        headers
            .firstValue("Retry-After")
            .filter(value -> value.matches("\\d{1,9}"))
            .map(Long::parseLong)
            .orElseGet(() -> status.at("/details/retryAfterSeconds").asLong());
    if (seconds <= 0) {
      return Optional.empty();
    }
    Duration wait = Duration.ofSeconds(seconds);
    return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
