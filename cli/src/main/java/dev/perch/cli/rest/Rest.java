package dev.perch.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One service over HTTP. */
public final class Rest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;

  private final URI base;
  private final HttpClient http;
  private final Bearer bearer;

  public Rest(URI base, HttpClient http, Bearer bearer) {
    this.base = base;
    this.http = http;
    this.bearer = bearer;
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws ProblemFailure if the service refuses or fails
   * @throws Failure if it cannot be reached
   */
  public Answer send(Call call) throws Failure, IOException, InterruptedException {
    HttpResponse<InputStream> response = accepted(call, TIMEOUT);
    try (InputStream body = response.body()) {
      JsonNode json = Json.MAPPER.readTree(body);
      return new Answer(
          response.statusCode(),
          response.headers(),
          json == null ? MissingNode.getInstance() : json);
    }
  }

  /** Sends a request whose answer is no JSON, or has no end; the caller closes it. */
  public InputStream open(Call call) throws Failure, IOException, InterruptedException {
    return accepted(call, null).body();
  }

  private HttpResponse<InputStream> accepted(Call call, @Nullable Duration timeout)
      throws Failure, IOException, InterruptedException {
    HttpResponse<InputStream> response = attempt(call, timeout);
    if (response.statusCode() == 401 && bearer.forget()) {
      response.body().close();
      response = attempt(call, timeout);
    }
    if (response.statusCode() >= 300) {
      try (InputStream body = response.body()) {
        throw new ProblemFailure(
            Problem.of(response.statusCode(), body.readAllBytes()), retryAfter(response));
      }
    }
    return response;
  }

  /** A lost connection says nothing about whether the request was done. */
  private HttpResponse<InputStream> attempt(Call call, @Nullable Duration timeout)
      throws Failure, IOException, InterruptedException {
    HttpRequest.Builder request =
        call.request(base).header("Authorization", "Bearer " + bearer.token());
    if (timeout != null) {
      request.timeout(timeout);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return http.send(request.build(), BodyHandlers.ofInputStream());
      } catch (ConnectException e) {
        throw unreachable(e);
      } catch (IOException e) {
        if (!call.isRepeatable() || attempt == ATTEMPTS) {
          throw unreachable(e);
        }
      }
    }
  }

  private Failure unreachable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    Failure failure =
        new Failure(
            ExitCode.NOT_REACHABLE,
            "No answer from " + base + ": " + why,
            "  Is it running? ./perch status on this machine, perch contexts list for others");
    failure.initCause(e);
    return failure;
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    try {
      return Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1));
    } catch (NumberFormatException e) {
      // It may be a date (RFC 9110 section 10.2.3); ours are seconds.
      return Duration.ofSeconds(1);
    }
  }
}
