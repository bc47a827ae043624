package dev.perch.kit.web.problem;

import dev.perch.kit.web.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Answers what fails before a resource is reached: authentication, routing, a body too large. */
@Singleton
final class ProblemRoutes {
  private static final int FIRST = Integer.MIN_VALUE;

  private final long mostBytes;

  ProblemRoutes(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
    mostBytes = most.asLongValue();
  }

  void register(@Observes Router router) {
    router.route().order(FIRST).handler(this::refuseLargeBody).failureHandler(ProblemRoutes::fail);
  }

  /**
   * The framework's own limit ends the request without a word. What a resource takes may be less:
   * who reads the body refuses it then.
   */
  private void refuseLargeBody(RoutingContext request) {
    String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && isLarge(length)) {
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
      send(request, Diagnosis.ofStatus(413), null);
    } else {
      request.next();
    }
  }

  private boolean isLarge(String length) {
    try {
      return Long.parseLong(length) > mostBytes;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private static void fail(RoutingContext request) {
    Throwable failure = request.failure();
    Problem problem =
        failure == null ? Diagnosis.ofStatus(request.statusCode()) : Diagnosis.of(failure);
    send(request, problem, failure);
  }

  private static void send(RoutingContext request, Problem problem, @Nullable Throwable failure) {
    HttpServerResponse response = request.response();
    String traceId = TraceId.current();
    ProblemLog.write(
        problem, failure, request.request().method().name(), request.request().path(), traceId);
    if (response.ended()) {
      return;
    }
    if (response.headWritten()) {
      // Half an answer is out: the caller must see that it is not whole.
      response.reset();
      return;
    }
    ProblemAnswer answer = ProblemAnswer.of(problem, traceId);
    response.setStatusCode(answer.status());
    answer.headers().forEach(response.headers()::set);
    if (HttpMethod.HEAD.equals(request.request().method())) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }
}
