package dev.perch.certmon.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.NamedQuery;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Issuers over HTTP. They sign for all sites: whoever is limited to some may only read them. */
@Startup
@ApplicationScoped
@Tag(name = "issuers")
@Path("/v1/issuers")
@Produces(MediaType.APPLICATION_JSON)
public class IssuerResource {
  private final Transactions transactions;
  private final Issuers issuers;
  private final Timeline timeline;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  IssuerResource(
      Transactions transactions,
      Issuers issuers,
      Timeline timeline,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds) {
    this.transactions = transactions;
    this.issuers = issuers;
    this.timeline = timeline;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.ISSUERS.log());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "createIssuer",
      summary = "Creates an issuer; a CA is ready when its key and certificate have been made")
  @RequestBodySchema(IssuerSpec.class)
  @APIResponseSchema(
      value = Issuer.class,
      responseCode = "201",
      responseDescription = "Creates an issuer. Location and ETag are set.")
  public Uni<Response> create(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    caller.requireAllSites();
    var request = IdempotentRequest.of(caller.subject(), "/v1/issuers", key, body);
    IssuerSpec spec = IssuerInput.create(body);
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        issuers
                            .create(session, spec, caller.cause("issuer.create"))
                            .map(issuer -> Answer.created("/v1/issuers", issuer))))
        .map(Answer::response);
  }

  /** A page of issuers; with {@code watch=true} the changes of issuers as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listIssuers",
      summary = "A page of issuers in the order of their names, or their changes")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Issuers whose name begins with it.")
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
    if (watches.isAsked()) {
      return watches.serve(feed, callers.current(), event -> true);
    }
    var query = NamedQuery.of(uri);
    String cursor = feed.cursorNow();
    return transactions
        .read(session -> issuers.list(session, query))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readIssuer", summary = "One issuer")
  @APIResponseSchema(
      value = Issuer.class,
      responseCode = "200",
      responseDescription = "The issuer. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    return transactions
        .read(session -> issuers.find(session, id))
        .map(issuer -> Answer.read(issuer, ifNoneMatch));
  }

  /** Every version of the issuer, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "issuerTimeline",
      summary = "Every version of the issuer: who, what, why; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
    var query = TimelineQuery.of(uri);
    return transactions
        .read(
            session -> query.run(timeline, session, id, () -> Issuers.KIND.unknown(id), last -> {}))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "changeIssuer",
      summary = "Changes an issuer's name, description and labels by JSON Merge Patch (RFC 7396)")
  @RequestBodySchema(IssuerSpec.class)
  @APIResponseSchema(
      value = Issuer.class,
      responseCode = "200",
      responseDescription = "The issuer as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    caller.requireAllSites();
    return transactions
        .run(
            session ->
                issuers.change(
                    session,
                    id,
                    issuer -> {
                      Etag.require(ifMatch, issuer);
                      return IssuerInput.patch(issuer, patch);
                    },
                    caller.cause("issuer.change")))
        .map(issuer -> Answer.ok(issuer).response());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "removeIssuer",
      summary = "Removes an issuer that no certificate names, with its key")
  @Parameter(
      name = "force",
      in = ParameterIn.QUERY,
      description = "Also if it was not told yet of all that is revoked: it never will be.")
  @APIResponse(responseCode = "204", description = "It is gone; its timeline stays.")
  @APIResponseSchema(
      value = Undone.class,
      responseCode = "200",
      responseDescription =
          "With force: it is gone, and was not told of this. Its timeline says so, too.")
  public Uni<Response> remove(
      @PathParam("id") UUID id,
      @QueryParam("force") @DefaultValue("false") boolean force,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Caller caller = callers.current();
    caller.requireAllSites();
    Consumer<Issuer> check = issuer -> Etag.require(ifMatch, issuer);
    return force
        ? transactions
            .run(session -> issuers.abandon(session, id, check, caller.cause("issuer.abandon")))
            .map(undone -> Response.ok(undone).build())
        : transactions
            .run(session -> issuers.remove(session, id, check, caller.cause("issuer.remove")))
            .map(done -> Response.noContent().build());
  }
}
