package dev.perch.inventory.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.inventory.Site;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.timeline.TimelineQuery;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.idempotency.Idempotency;
import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.ChangeFeed;
import dev.perch.kit.web.watch.ChangeFeeds;
import dev.perch.kit.web.watch.Watches;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sites over HTTP. Whoever is limited to some sites may neither make nor remove any. */
@Startup
@ApplicationScoped
@Tag(name = "sites")
@Path("/v1/sites")
@Produces(MediaType.APPLICATION_JSON)
public class SiteResource {
  private final Transactions transactions;
  private final SiteRegistry sites;
  private final Timeline timeline;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  SiteResource(
      Transactions transactions,
      SiteRegistry sites,
      Timeline timeline,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds) {
    this.transactions = transactions;
    this.sites = sites;
    this.timeline = timeline;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.SITES.log());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "createSite", summary = "Creates a site")
  @RequestBodySchema(SiteSpec.class)
  @APIResponseSchema(
      value = Site.class,
      responseCode = "201",
      responseDescription = "Creates a site. Location and ETag are set.")
  public Uni<Response> create(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    caller.requireAllSites();
    var request = IdempotentRequest.of(caller.subject(), "/v1/sites", key, body);
    SiteSpec spec = SiteInput.create(body);
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        sites
                            .create(session, spec, caller.cause("site.create"))
                            .map(site -> Answer.created("/v1/sites", site))))
        .map(Answer::response);
  }

  /** A page of sites; with {@code watch=true} the changes of sites as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listSites",
      summary = "A page of sites in the order of their names, or their changes")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Sites whose name begins with it.")
  @Parameter(name = "labels", in = ParameterIn.QUERY)
  @Parameter(name = "limit", in = ParameterIn.QUERY)
  @Parameter(name = "cursor", in = ParameterIn.QUERY)
  @Parameter(name = "watch", in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "200",
      description =
          "The page is in items; next is the cursor of the next one. Perch-Watch-Cursor is where to"
              + " watch from.")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> list(@Context UriInfo uri) {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> true);
    }
    var query = SiteQuery.of(uri);
    String cursor = feed.cursorNow();
    return transactions
        .read(session -> query.run(session, caller))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readSite", summary = "One site")
  @APIResponseSchema(
      value = Site.class,
      responseCode = "200",
      responseDescription = "The site. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    callers.current().requireSite(id);
    return transactions
        .read(session -> sites.find(session, id))
        .map(site -> Answer.read(site, ifNoneMatch));
  }

  /** Every version of the site, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "siteTimeline",
      summary = "Every version of the site: who, what, why; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
    callers.current().requireSite(id);
    var query = TimelineQuery.of(uri);
    return transactions
        .read(
            session -> query.run(timeline, session, id, () -> SiteRegistry.unknown(id), last -> {}))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "changeSite", summary = "Changes a site by JSON Merge Patch (RFC 7396)")
  @RequestBodySchema(SiteSpec.class)
  @APIResponseSchema(
      value = Site.class,
      responseCode = "200",
      responseDescription = "The site as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    caller.requireSite(id);
    return transactions
        .run(
            session ->
                sites.change(
                    session,
                    id,
                    site -> {
                      Etag.require(ifMatch, site);
                      return SiteInput.patch(site, patch);
                    },
                    caller.cause("site.change")))
        .map(site -> Answer.ok(site).response());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "removeSite", summary = "Removes a site")
  @APIResponse(responseCode = "204", description = "It is gone; its timeline stays.")
  public Uni<Response> remove(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Caller caller = callers.current();
    caller.requireAllSites();
    return transactions
        .run(
            session ->
                sites.remove(
                    session, id, site -> Etag.require(ifMatch, site), caller.cause("site.remove")))
        .map(done -> Response.noContent().build());
  }
}
