package dev.perch.kit.web.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, as it goes over the wire.
 *
 * @param next the cursor of the next page, absent on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }

  /** The answer with its {@code Link} to the next page (RFC 8288). */
  public Response.ResponseBuilder answer(UriInfo uri) {
    Response.ResponseBuilder answer = Response.ok(this);
    if (next != null) {
      String link =
          uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build().toASCIIString();
      answer.header(HttpHeaders.LINK, "<" + link + ">; rel=\"next\"");
    }
    return answer;
  }
}
