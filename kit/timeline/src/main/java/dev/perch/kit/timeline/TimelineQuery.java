package dev.perch.kit.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  /**
   * The versions of a resource, also of one that is gone.
   *
   * @param unknown what to say if there never was one
   * @param check may refuse, having seen the last version
   */
  public Uni<Page<Timeline.Entry>> run(
      Timeline timeline,
      Mutiny.StatelessSession session,
      UUID resource,
      Supplier<? extends RuntimeException> unknown,
      Consumer<JsonNode> check) {
    return timeline
        .last(session, resource)
        .onItem()
        .ifNull()
        .failWith(unknown)
        .invoke(check)
        .chain(() -> run((below, limit) -> timeline.page(session, resource, below, limit)));
  }

  /** Where entries are found. */
  @FunctionalInterface
  public interface Entries {
    /** The newest below a version, newest first. */
    Uni<List<Timeline.Entry>> below(long version, int limit);
  }

  public Uni<Page<Timeline.Entry>> run(Entries entries) {
    long below = page.isFirst() ? Long.MAX_VALUE : page.after(0, Long.class);
    return entries
        .below(below, page.fetch())
        .map(
            found ->
                page.of(found, entry -> List.of(Long.toString(entry.version())), entry -> entry));
  }
}
