package dev.perch.inventory.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.timeline.TimelineQuery;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.idempotency.Idempotency;
import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.Watches;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
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
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Hosts over HTTP: each method parses, calls one use case in one transaction, shapes the answer.
 */
@Tag(name = "hosts")
@Path("/v1/hosts")
@Produces(MediaType.APPLICATION_JSON)
public class HostResource {
  private final Transactions transactions;
  private final HostRegistry hosts;
  private final Database database;
  private final HostBook book;
  private final Timeline timeline;
  private final Callers callers;
  private final HostWatch watch;

  HostResource(
      Transactions transactions,
      HostRegistry hosts,
      Database database,
      HostBook book,
      Timeline timeline,
      Callers callers,
      HostWatch watch) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.database = database;
    this.book = book;
    this.timeline = timeline;
    this.callers = callers;
    this.watch = watch;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "registerHost", summary = "Registers a host")
  @RequestBodySchema(HostInput.NewHost.class)
  @APIResponseSchema(
      value = Host.class,
      responseCode = "201",
      responseDescription = "Registers a host. Location and ETag are set.")
  public Uni<Response> register(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    var request = IdempotentRequest.of(caller.subject(), "/v1/hosts", key, body);
    var host = HostInput.register(body);
    caller.requireSite(host.siteId());
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        hosts
                            .register(
                                session, host.siteId(), host.spec(), caller.cause("host.register"))
                            .map(made -> Answer.created("/v1/hosts", made))))
        .map(Answer::response);
  }

  /** A page of hosts; with {@code watch=true} the changes of hosts as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listHosts",
      summary = "A page of hosts in the order of their names, or their changes")
  @Parameter(
      name = "site",
      in = ParameterIn.QUERY,
      description = "Hosts of these sites; ids, separated by commas.")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Hosts whose name begins with it.")
  @Parameter(
      name = "personality",
      in = ParameterIn.QUERY,
      description = "One or more, separated by commas.")
  @Parameter(
      name = "administrative",
      in = ParameterIn.QUERY,
      description = "LOCKED, UNLOCKED, SHUTTING_DOWN.")
  @Parameter(name = "operational", in = ParameterIn.QUERY, description = "ENABLED, DISABLED.")
  @Parameter(
      name = "availability",
      in = ParameterIn.QUERY,
      description = "AVAILABLE, DEGRADED, OFFLINE, FAILED, UNKNOWN.")
  @Parameter(
      name = "lifecycle",
      in = ParameterIn.QUERY,
      description = "PLANNED, DISCOVERED, IN_SERVICE, MAINTENANCE.")
  @Parameter(name = "labels", in = ParameterIn.QUERY)
  @Parameter(
      name = "group",
      in = ParameterIn.QUERY,
      description = "Hosts that the group of this name selects.")
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
    if (watch.isAsked()) {
      return watch.serve(uri, caller);
    }
    var query = HostQuery.of(uri);
    String cursor = watch.cursorNow();
    return transactions
        .read(session -> query.run(session, caller))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readHost", summary = "One host")
  @Parameter(
      name = "asOf",
      in = ParameterIn.QUERY,
      description = "The host as it was at this instant (RFC 3339).")
  @APIResponseSchema(
      value = Host.class,
      responseCode = "200",
      responseDescription = "The host. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @Context UriInfo uri,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
    Instant asOf = asOf(uri);
    if (asOf != null) {
      return asOf(id, asOf, caller);
    }
    return transactions
        .read(session -> hosts.find(session, id))
        .map(
            host -> {
              caller.requireSite(host.siteId());
              return Answer.read(host, ifNoneMatch);
            });
  }

  private Uni<Response> asOf(UUID id, Instant at, Caller caller) {
    return transactions
        .read(session -> timeline.asOf(session, id, at))
        .onItem()
        .ifNull()
        .failWith(
            () -> new Problem.NotFound("There was no host " + id + " at " + at + ".").asException())
        .map(
            state -> {
              requireSite(caller, state);
              return Answer.ok(null, state).response();
            });
  }

  /** Every version of the host, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "hostTimeline",
      summary = "Every version of the host: who, what, why; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
    Caller caller = callers.current();
    var query = TimelineQuery.of(uri);
    return transactions
        .read(
            session ->
                query.run(
                    timeline,
                    session,
                    id,
                    () -> HostRegistry.unknown(id),
                    state -> requireSite(caller, state)))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "changeHost", summary = "Changes a host by JSON Merge Patch (RFC 7396)")
  @RequestBodySchema(HostSpec.class)
  @APIResponseSchema(
      value = Host.class,
      responseCode = "200",
      responseDescription = "The host as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                hosts.change(
                    session,
                    id,
                    host -> {
                      caller.requireSite(host.siteId());
                      Etag.require(ifMatch, host);
                      return HostInput.patch(host, patch);
                    },
                    caller.cause("host.change")))
        .map(host -> Answer.ok(host).response());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "removeHost", summary = "Removes a host")
  @APIResponse(responseCode = "204", description = "It is gone; its timeline stays.")
  @RunOnVirtualThread
  public Response remove(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch)
      throws SQLException {
    Caller caller = callers.current();
    boolean removed =
        database.transaction(
            connection ->
                book.remove(
                    connection,
                    id,
                    host -> {
                      caller.requireSite(host.siteId());
                      Etag.require(ifMatch, host);
                      requireLocked(host);
                    },
                    caller.cause("host.remove")));
    if (!removed) {
      throw HostRegistry.unknown(id);
    }
    book.published();
    return Response.noContent().build();
  }

  private static void requireLocked(Host host) {
    if (host.state().administrative() != Host.Administrative.LOCKED) {
      throw new Problem.Conflict(
              "The host is not locked.",
              List.of(
                  new Violation(
                      "state.locked",
                      "/state/administrative",
                      Json.MAPPER.valueToTree(host.state().administrative()),
                      "Lock the host first: action lock.")))
          .asException();
    }
  }

  private static void requireSite(Caller caller, JsonNode host) {
    caller.requireSite(UUID.fromString(host.path("siteId").textValue()));
  }

  private static @Nullable Instant asOf(UriInfo uri) {
    return Parameters.bind(
        uri,
        parameters -> {
          Value<Instant> at = parameters.one("asOf", Rules.instant());
          return at::orNull;
        });
  }
}
