package dev.perch.kit.timeline;

import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which page of a resource's timeline is asked for, newest version first. */
public record TimelineQuery(PageRequest page) {

  public static TimelineQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          Value<PageRequest> page = parameters.page(Key.number("version"));
          return () -> new TimelineQuery(page.get());
        });
  }

  public Uni<Page<Timeline.Entry>> run(
      Timeline timeline, Mutiny.StatelessSession session, UUID resource) {
    long below = page.isFirst() ? Long.MAX_VALUE : page.after(0, Long.class);
    return timeline
        .page(session, resource, below, page.fetch())
        .map(
            entries ->
                page.of(entries, entry -> List.of(Long.toString(entry.version())), entry -> entry));
  }
}
