package dev.perch.inventory.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.facts.HostFacet;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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

  FacetResource(Transactions transactions, HostRegistry hosts, Callers callers) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.callers = callers;
  }

  /** All of them: there are no more than the contract has facets. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "listFacets", summary = "Every facet the host has reported")
  @APIResponse(responseCode = "200", description = "They are in items, by name.")
  public Uni<Page<JsonNode>> list(@PathParam("id") UUID id) {
    Caller caller = callers.current();
    return transactions
        .read(session -> facets(session, id, caller))
        .map(rows -> new Page<>(rows.stream().map(row -> Reports.read(row.state)).toList(), null));
  }

  @GET
  @Path("/{facet}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readFacet", summary = "One facet of the host")
  @APIResponse(
      responseCode = "200",
      description = "The facet. ETag is set.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = HostFacet.class)))
  @APIResponse(responseCode = "304", description = "If-None-Match names the newest version.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @PathParam("facet") String facet,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
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
        : Answer.ok(etag, Reports.read(row.state)).response();
  }

  private static RuntimeException none(UUID host) {
    return new Problem.NotFound("Host " + host + " has not reported this facet.").asException();
  }
}
