package dev.perch.inventory.report;

import dev.perch.contract.Json;
import dev.perch.contract.facts.HostFacet;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.TimelineQuery;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.Watches;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What a host says about itself. */
@Tag(name = "facets")
@Path("/v1/hosts/{id}/facets")
@Produces(MediaType.APPLICATION_JSON)
public class FacetResource {
  private final Transactions transactions;
  private final HostRegistry hosts;
  private final Callers callers;
  private final ReportWatch watch;

  FacetResource(Transactions transactions, HostRegistry hosts, Callers callers, ReportWatch watch) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.callers = callers;
    this.watch = watch;
  }

  /**
   * All of them: there are no more than the contract has facets. With {@code watch=true} their
   * changes as server-sent events, also those of a host that is not there yet.
   */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listFacets",
      summary = "Every facet the host has reported, or their changes")
  @Parameter(name = "watch", in = ParameterIn.QUERY)
  @Parameter(name = "cursor", in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "200",
      description = "They are in items, by name. Perch-Watch-Cursor is where to watch from.")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> list(@PathParam("id") UUID id, @Context UriInfo uri) {
    Caller caller = callers.current();
    if (watch.isAsked()) {
      return watch.serve(Kind.FACET, uri, id, caller);
    }
    String cursor = watch.cursorNow(Kind.FACET);
    return transactions
        .read(session -> facets(session, id, caller))
        .map(rows -> new Page<>(rows.stream().map(row -> Json.read(row.state)).toList(), null))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{facet}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readFacet", summary = "One facet of the host")
  @Parameter(
      name = "asOf",
      in = ParameterIn.QUERY,
      description =
          "The facet as it was at this instant (RFC 3339); its last 100 versions are kept.")
  @APIResponseSchema(
      value = HostFacet.class,
      responseCode = "200",
      responseDescription = "The facet. ETag is set, unless it is a past one.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @PathParam("facet") String facet,
      @Context UriInfo uri,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
    Instant asOf = asOf(uri);
    if (asOf != null) {
      return asOf(id, facet, asOf, caller);
    }
    return transactions
        .read(session -> facets(session, id, caller))
        .map(
            rows ->
                rows.stream()
                    .filter(row -> row.name.equals(facet))
                    .findFirst()
                    .orElseThrow(() -> none(id)))
        .map(row -> answer(row, ifNoneMatch));
  }

  private Uni<Response> asOf(UUID id, String facet, Instant at, Caller caller) {
    return transactions
        .read(
            session ->
                hosts
                    .find(session, id)
                    .invoke(host -> caller.requireSite(host.siteId()))
                    .chain(() -> new ReportPast(Kind.FACET, id, facet).asOf(session, at)))
        .onItem()
        .ifNull()
        .failWith(() -> none(id, at))
        .map(state -> Answer.ok(null, state).response());
  }

  /** What it was before, and when and how it changed. */
  @GET
  @Path("/{facet}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "facetTimeline",
      summary = "The last 100 versions of the facet: when, what; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(
      @PathParam("id") UUID id, @PathParam("facet") String facet, @Context UriInfo uri) {
    Caller caller = callers.current();
    var query = TimelineQuery.of(uri);
    var past = new ReportPast(Kind.FACET, id, facet);
    return transactions
        .read(
            session ->
                hosts
                    .find(session, id)
                    .invoke(host -> caller.requireSite(host.siteId()))
                    .chain(() -> query.run((below, limit) -> past.below(session, below, limit))))
        .map(page -> page.answer(uri).build());
  }

  private Uni<List<ReportRow>> facets(Mutiny.StatelessSession session, UUID id, Caller caller) {
    return hosts
        .find(session, id)
        .invoke(host -> caller.requireSite(host.siteId()))
        .chain(() -> new ReportRows_(session).of(Kind.FACET.word(), id));
  }

  private static Response answer(ReportRow row, @Nullable String ifNoneMatch) {
    String etag = Etag.of(row.version, row.updatedAt);
    return Etag.isFresh(ifNoneMatch, etag)
        ? Response.notModified().header(HttpHeaders.ETAG, etag).build()
        : Answer.ok(etag, Json.read(row.state)).response();
  }

  private static RuntimeException none(UUID host) {
    return new Problem.NotFound("Host " + host + " has not reported this facet.").asException();
  }

  private static RuntimeException none(UUID host, Instant at) {
    return new Problem.NotFound(
            "Host " + host + " had not reported this facet at " + at + ", or it is not kept.")
        .asException();
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
