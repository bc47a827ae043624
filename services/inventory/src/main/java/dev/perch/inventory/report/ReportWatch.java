package dev.perch.inventory.report;

import dev.perch.contract.Catalogue;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of a host's facets as a stream; made at start, so that a list has a cursor. */
@Startup
@ApplicationScoped
class FacetWatch {
  private final Watches watches;
  private final ChangeFeed feed;

  FacetWatch(Watches watches, ChangeFeeds feeds) {
    this.watches = watches;
    this.feed = feeds.of(Catalogue.HOST_FACETS.log());
  }

  boolean isAsked() {
    return watches.isAsked();
  }

  @Nullable String cursorNow() {
    return feed.cursorNow();
  }

  Uni<Response> serve(UriInfo uri, UUID host, Caller caller) {
    Parameters.bind(
        uri,
        parameters -> {
          parameters.ignore("watch", "cursor");
          return () -> host;
        });
    String facets = Kind.key(host, "");
    return watches.serve(feed, caller, event -> event.key().startsWith(facets));
  }
}
