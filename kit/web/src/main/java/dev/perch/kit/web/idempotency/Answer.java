package dev.perch.kit.web.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import dev.perch.contract.Resource;
import dev.perch.kit.web.Etag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a use case answers, in the form that can be kept and given again.
 *
 * @param location the path of what was made
 * @param body JSON, null for an answer without one
 * @param replayed this answer was given before
 */
public record Answer(
    int status,
    @Nullable String location,
    @Nullable String etag,
    @Nullable String body,
    boolean replayed) {

  public static final String REPLAYED = "Idempotency-Replayed";

  public static Answer created(String location, String etag, Object body) {
    return new Answer(201, location, etag, json(body), false);
  }

  /**
   * @param collection the path it is found below: {@code /v1/sites}
   */
  public static Answer created(String collection, Resource made) {
    return created(collection + "/" + made.id(), Etag.of(made), made);
  }

  public static Answer accepted(String location, Object body) {
    return new Answer(202, location, null, json(body), false);
  }

  public static Answer ok(@Nullable String etag, Object body) {
    return new Answer(200, null, etag, json(body), false);
  }

  public static Answer ok(Resource resource) {
    return ok(Etag.of(resource), resource);
  }

  /** The resource, or 304 to whoever has this version of it. */
  public static Response read(Resource resource, @Nullable String ifNoneMatch) {
    String etag = Etag.of(resource);
    return Etag.isFresh(ifNoneMatch, etag)
        ? Response.notModified().header(HttpHeaders.ETAG, etag).build()
        : ok(etag, resource).response();
  }

  /** The HTTP answer; a replayed one says so in a header. */
  public Response response() {
    Response.ResponseBuilder response = Response.status(status);
    if (location != null) {
      response.header(HttpHeaders.LOCATION, location);
    }
    if (etag != null) {
      response.header(HttpHeaders.ETAG, etag);
    }
    if (replayed) {
      response.header(REPLAYED, "true");
    }
    if (body != null) {
      response.entity(body).type(MediaType.APPLICATION_JSON_TYPE);
    }
    return response.build();
  }

  private static String json(Object body) {
    try {
      return Json.MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
