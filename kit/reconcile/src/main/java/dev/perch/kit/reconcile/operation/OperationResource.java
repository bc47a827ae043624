package dev.perch.kit.reconcile.operation;

import dev.perch.contract.operation.Operation;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.ChangeFeed;
import dev.perch.kit.web.watch.ChangeFeeds;
import dev.perch.kit.web.watch.Watches;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The long work of this service over HTTP. Each service asks for it by actions of its own. */
@Startup
@ApplicationScoped
@Path("/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OperationResource {
  private static final String PATH = "/v1/operations/";

  private final OperationBook book;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  OperationResource(
      OperationBook book, OperationLog log, Callers callers, Watches watches, ChangeFeeds feeds) {
    this.book = book;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(log.aggregate().log());
  }

  /** A page of operations, newest first; with {@code watch=true} what happens to operations. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Blocking
  public Uni<Response> list(@Context UriInfo uri) throws SQLException {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> true);
    }
    OperationQuery query = OperationQuery.of(uri);
    String cursor = feed.cursorNow();
    var page = query.run(book, caller);
    return Uni.createFrom().item(page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  /** An operation, with what is known of its next attempt while it is not at an end. */
  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  public Response read(@PathParam("id") UUID id) throws SQLException {
    Caller caller = callers.current();
    Shown shown =
        book.show(id)
            .filter(found -> caller.mayRead(found.operation().site()))
            .orElseThrow(() -> OperationBook.unknown(id));
    return Response.ok(shown).header(HttpHeaders.ETAG, etag(shown.operation())).build();
  }

  /**
   * Cancels it: at once if nothing was begun or a step waits, else when the step that is being run
   * ends. What was done is undone. {@code If-Match} is optional: cancelling twice harms nothing.
   */
  @POST
  @Path("/{id}/cancel")
  @RolesAllowed(Roles.OPERATOR)
  public Response cancel(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch)
      throws SQLException {
    Caller caller = callers.current();
    Operation operation =
        book.cancel(
                id,
                caller.cause("operation.cancel"),
                kept -> {
                  if (!caller.mayRead(kept.site())) {
                    throw OperationBook.unknown(id);
                  }
                  if (kept.site() == null) {
                    caller.requireAllSites();
                  }
                  if (ifMatch != null) {
                    Etag.require(ifMatch, etag(kept.shown()));
                  }
                })
            .shown();
    return Response.accepted(operation)
        .header(HttpHeaders.ETAG, etag(operation))
        .header(HttpHeaders.LOCATION, PATH + id)
        .build();
  }

  private static String etag(Operation operation) {
    return Etag.of(operation.version(), operation.updatedAt());
  }
}
