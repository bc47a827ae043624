package dev.perch.kit.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Cause;
import dev.perch.contract.alarm.Alarm;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
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
import jakarta.ws.rs.Consumes;
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
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of this service over HTTP. An alarm's id is a path: {@code service/alarmId/entity}.
 */
@Startup
@ApplicationScoped
@Path("/v1/alarms")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AlarmResource {
  private static final Rule<String> COMMENT = Rules.text(1, 2000);

  private final AlarmBook book;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;
  private final String own;

  AlarmResource(
      AlarmBook book,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds,
      @ConfigProperty(name = "perch.service") String service) {
    this.book = book;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.ALARMS.log());
    own = service + "/";
  }

  /** A page of active alarms, worst first; with {@code watch=true} what happens to alarms. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Blocking
  public Uni<Response> list(@Context UriInfo uri) throws SQLException {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> event.key().startsWith(own));
    }
    AlarmQuery query = AlarmQuery.of(uri);
    String cursor = feed.cursorNow();
    var page = query.run(book, caller);
    return Uni.createFrom().item(page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  /** An alarm, also one that was cleared. */
  @GET
  @Path("/{id: .+}")
  @RolesAllowed(Roles.VIEWER)
  public Response read(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch)
      throws SQLException {
    Caller caller = callers.current();
    Optional<Kept> found = book.find(id);
    Kept kept =
        found
            .filter(alarm -> caller.mayRead(alarm.site()))
            .orElseThrow(() -> AlarmBook.notActive(id));
    return Etag.isFresh(ifNoneMatch, AlarmBook.etag(kept.alarm()))
        ? Response.notModified().header(HttpHeaders.ETAG, AlarmBook.etag(kept.alarm())).build()
        : answer(kept.alarm());
  }

  /** An operator takes it on. {@code If-Match} is optional: acknowledging twice harms nothing. */
  @POST
  @Path("/{id: .+}/acknowledge")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  public Response acknowledge(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body)
      throws SQLException {
    String comment =
        Fields.<Optional<String>>bind(
                body,
                f -> {
                  var text = f.optional("comment", COMMENT);
                  return () -> Optional.ofNullable(text.orNull());
                })
            .orElse(null);
    Cause cause = callers.current().cause("alarm.acknowledge");
    return handle(id, ifMatch, (before, now) -> Step.acknowledge(before, comment, cause, now));
  }

  /** An operator says something to the others, and need not take the alarm on. */
  @POST
  @Path("/{id: .+}/comment")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  public Response comment(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body)
      throws SQLException {
    String comment = Fields.bind(body, f -> f.required("comment", COMMENT)::get);
    Cause cause = callers.current().cause("alarm.comment");
    return handle(id, ifMatch, (before, now) -> Step.comment(before, comment, cause, now));
  }

  private Response handle(String id, @Nullable String ifMatch, AlarmBook.Handling handling)
      throws SQLException {
    Caller caller = callers.current();
    return answer(
        book.handle(
            id,
            ifMatch,
            kept -> {
              if (!caller.mayRead(kept.site())) {
                throw AlarmBook.notActive(id);
              }
            },
            handling));
  }

  private static Response answer(Alarm alarm) {
    return Response.ok(alarm).header(HttpHeaders.ETAG, AlarmBook.etag(alarm)).build();
  }
}
