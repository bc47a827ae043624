package dev.perch.kit.web.problem;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.perch.kit.web.Problem;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers whatever a resource throws. Names the exceptions for which the framework has mappers of
 * its own, because the nearest type wins.
 */
final class ProblemMapper {

  @ServerExceptionMapper({
    Throwable.class,
    WebApplicationException.class,
    AuthenticationFailedException.class,
    AuthenticationCompletionException.class,
    UnauthorizedException.class,
    ForbiddenException.class,
    InvalidDefinitionException.class,
    MismatchedInputException.class
  })
  Response map(Throwable failure, HttpServerRequest request) {
    Problem problem = Diagnosis.of(failure);
    String traceId = TraceId.current();
    ProblemLog.write(problem, failure, request.method().name(), request.path(), traceId);
    ProblemAnswer answer = ProblemAnswer.of(problem, traceId);
    Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
    answer.headers().forEach(response::header);
    return response.build();
  }
}
