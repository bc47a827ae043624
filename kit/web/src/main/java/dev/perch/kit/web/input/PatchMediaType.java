package dev.perch.kit.web.input;

import dev.perch.kit.web.MergePatch;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A PATCH says what its body means; one that does not is refused, as one of another type is. */
final class PatchMediaType {
  private static final MediaType MERGE_PATCH = MediaType.valueOf(MergePatch.MEDIA_TYPE);

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.PATCH)
        && !MERGE_PATCH.isCompatible(request.getMediaType())) {
      throw new NotSupportedException();
    }
  }
}
