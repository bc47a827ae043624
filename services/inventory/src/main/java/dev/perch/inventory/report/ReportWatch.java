package dev.perch.inventory.report;

import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.watch.ChangeFeed;
import dev.perch.kit.web.watch.ChangeFeeds;
import dev.perch.kit.web.watch.Watches;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of what a host reports as a stream; made at start, so that a list has a cursor. */
@Startup
@ApplicationScoped
public class ReportWatch {
  private final Watches watches;
  private final Map<Kind, ChangeFeed> feeds = new EnumMap<>(Kind.class);

  ReportWatch(Watches watches, ChangeFeeds feeds) {
    this.watches = watches;
    for (Kind kind : Kind.values()) {
      this.feeds.put(kind, feeds.of(kind.aggregate().log()));
    }
  }

  /** Whether the request asks for a stream. */
  public boolean isAsked() {
    return watches.isAsked();
  }

  /** As {@link ChangeFeed#cursorNow}. */
  public @Nullable String cursorNow(Kind kind) {
    return feed(kind).cursorNow();
  }

  /** The changes of one host's reports of a kind, also of a host that is not there yet. */
  public Uni<Response> serve(Kind kind, UriInfo uri, UUID host, Caller caller) {
    Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch", "cursor");
          return () -> host;
        });
    String prefix = Kind.key(host, "");
    return watches.serve(feed(kind), caller, event -> event.key().startsWith(prefix));
  }

  private ChangeFeed feed(Kind kind) {
    return Objects.requireNonNull(feeds.get(kind));
  }
}
