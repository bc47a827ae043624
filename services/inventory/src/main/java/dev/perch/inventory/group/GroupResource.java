package dev.perch.inventory.group;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.inventory.Group;
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

/** Groups over HTTP. Whoever is limited to some groups may neither make nor remove any. */
@Startup
@ApplicationScoped
@Tag(name = "groups")
@Path("/v1/groups")
@Produces(MediaType.APPLICATION_JSON)
public class GroupResource {
  private final Transactions transactions;
  private final GroupRegistry groups;
  private final Timeline timeline;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  GroupResource(
      Transactions transactions,
      GroupRegistry groups,
      Timeline timeline,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds) {
    this.transactions = transactions;
    this.groups = groups;
    this.timeline = timeline;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.GROUPS.log());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "createGroup", summary = "Creates a group")
  @RequestBodySchema(GroupSpec.class)
  @APIResponseSchema(
      value = Group.class,
      responseCode = "201",
      responseDescription = "Creates a group. Location and ETag are set.")
  public Uni<Response> create(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    caller.requireAllSites();
    var request = IdempotentRequest.of(caller.subject(), "/v1/groups", key, body);
    GroupSpec spec = GroupInput.create(body);
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        groups
                            .create(session, spec, caller.cause("group.create"))
                            .map(group -> Answer.created("/v1/groups", group))))
        .map(Answer::response);
  }

  /** A page of groups; with {@code watch=true} the changes of groups as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listGroups",
      summary = "A page of groups in the order of their names, or their changes")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Groups whose name begins with it.")
  @Parameter(name = "limit", in = ParameterIn.QUERY)
  @Parameter(name = "cursor", in = ParameterIn.QUERY)
  @Parameter(name = "watch", in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "200",
      description =
          "The page is in items; next is the cursor of the next one. Perch-Watch-Cursor is where to watch from.")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> list(@Context UriInfo uri) {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> true);
    }
    var query = GroupQuery.of(uri);
    String cursor = feed.cursorNow();
    return transactions
        .read(session -> query.run(session))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readGroup", summary = "One group")
  @APIResponseSchema(
      value = Group.class,
      responseCode = "200",
      responseDescription = "The group. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    return transactions
        .read(session -> groups.find(session, id))
        .map(group -> Answer.read(group, ifNoneMatch));
  }

  /** Every version of the group, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "groupTimeline",
      summary = "Every version of the group: who, what, why; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
    var query = TimelineQuery.of(uri);
    return transactions
        .read(
            session ->
                query.run(timeline, session, id, () -> GroupRegistry.unknown(id), last -> {}))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "changeGroup",
      summary = "Changes a group by JSON Merge Patch (RFC 7396)")
  @RequestBodySchema(GroupSpec.class)
  @APIResponseSchema(
      value = Group.class,
      responseCode = "200",
      responseDescription = "The group as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    caller.requireAllSites();
    return transactions
        .run(
            session ->
                groups.change(
                    session,
                    id,
                    group -> {
                      Etag.require(ifMatch, group);
                      return GroupInput.patch(group, patch);
                    },
                    caller.cause("group.change")))
        .map(group -> Answer.ok(group).response());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "removeGroup", summary = "Removes a group")
  @APIResponse(responseCode = "204", description = "It is gone; its timeline stays.")
  public Uni<Response> remove(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Caller caller = callers.current();
    caller.requireAllSites();
    return transactions
        .run(
            session ->
                groups.remove(
                    session,
                    id,
                    group -> Etag.require(ifMatch, group),
                    caller.cause("group.remove")))
        .map(done -> Response.noContent().build());
  }
}
