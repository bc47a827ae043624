package dev.perch.inventory.host;

import dev.perch.contract.Catalogue;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of hosts as a stream; made at start, so that a first list has a cursor to carry. */
@Startup
@ApplicationScoped
class HostWatch {
  private final Watches watches;
  private final ChangeFeed feed;

  HostWatch(Watches watches, ChangeFeeds feeds) {
    this.watches = watches;
    this.feed = feeds.of(Catalogue.HOSTS.log());
  }

  boolean isAsked() {
    return watches.isAsked();
  }

  @Nullable String cursorNow() {
    return feed.cursorNow();
  }

  /** Of the list's filters a stream takes {@code site}: the others change with the host. */
  Uni<Response> serve(UriInfo uri, Caller caller) {
    Set<UUID> sites =
        Parameters.bind(
            uri,
            parameters -> {
              parameters.ignore("watch", "cursor");
              Value<List<UUID>> site = parameters.anyOf("site", Rules.uuid());
              return () -> Set.copyOf(site.orElse(List.of()));
            });
    return watches.serve(
        feed,
        caller,
        event -> sites.isEmpty() || (event.site() != null && sites.contains(event.site())));
  }
}
