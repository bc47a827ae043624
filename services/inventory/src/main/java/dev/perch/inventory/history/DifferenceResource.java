package dev.perch.inventory.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.report.Reports;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What differs between a host at two instants, or between two hosts. */
@Tag(name = "hosts")
@Path("/v1/hosts/{id}/difference")
@Produces(MediaType.APPLICATION_JSON)
public class DifferenceResource {
  /** These are a host's own, so that naming them says nothing. */
  private static final List<String> OWN =
      List.of("id", "hostId", "version", "createdAt", "updatedAt", "digest");

  private final Transactions transactions;
  private final HostRegistry hosts;
  private final Timeline timeline;
  private final Reports reports;
  private final Callers callers;

  DifferenceResource(
      Transactions transactions,
      HostRegistry hosts,
      Timeline timeline,
      Reports reports,
      Callers callers) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.timeline = timeline;
    this.reports = reports;
    this.callers = callers;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "hostDifference",
      summary = "What differs between the host at two instants, or between it and another")
  @Parameter(name = "from", in = ParameterIn.QUERY, description = "An instant (RFC 3339).")
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "A later instant; now unless given.")
  @Parameter(
      name = "with",
      in = ParameterIn.QUERY,
      description =
          "Another host's id, instead of instants: both as they are now, with their facets below"
              + " /facets.")
  @APIResponse(
      responseCode = "200",
      description = "In items: path (RFC 6901), before, after; in the order of the paths.")
  public Uni<Page<Differing>> difference(@PathParam("id") UUID id, @Context UriInfo uri) {
    Caller caller = callers.current();
    var query = DifferenceQuery.of(uri);
    return transactions
        .read(
            session ->
                switch (query) {
                  case DifferenceQuery.Instants instants -> between(session, id, instants, caller);
                  case DifferenceQuery.Hosts other -> with(session, id, other.other(), caller);
                })
        .map(differing -> new Page<>(differing, null));
  }

  private Uni<List<Differing>> between(
      Mutiny.StatelessSession session, UUID id, DifferenceQuery.Instants asked, Caller caller) {
    @Nullable Instant to = asked.to();
    return asOf(session, id, asked.from(), caller)
        .chain(
            before ->
                asOf(session, id, to == null ? Instant.now() : to, caller)
                    .map(after -> Differing.between(before, after)));
  }

  private Uni<JsonNode> asOf(Mutiny.StatelessSession session, UUID id, Instant at, Caller caller) {
    return timeline
        .asOf(session, id, at)
        .onItem()
        .ifNull()
        .failWith(
            () -> new Problem.NotFound("There was no host " + id + " at " + at + ".").asException())
        .map(state -> mayRead(caller, state));
  }

  private static JsonNode mayRead(Caller caller, @Nullable JsonNode state) {
    JsonNode known = Objects.requireNonNull(state);
    caller.requireSite(UUID.fromString(known.path("siteId").textValue()));
    return known;
  }

  private Uni<List<Differing>> with(
      Mutiny.StatelessSession session, UUID id, UUID other, Caller caller) {
    return whole(session, id, caller)
        .chain(one -> whole(session, other, caller).map(two -> Differing.between(one, two)));
  }

  /** A host with all it reports. */
  private Uni<JsonNode> whole(Mutiny.StatelessSession session, UUID id, Caller caller) {
    return hosts
        .find(session, id)
        .invoke(host -> caller.requireSite(host.siteId()))
        .chain(
            host ->
                reports
                    .facets(session, id)
                    .map(
                        facets -> {
                          ObjectNode whole = withoutOwn(Json.MAPPER.<ObjectNode>valueToTree(host));
                          ObjectNode all = whole.putObject("facets");
                          facets.forEach((name, state) -> all.set(name, facts(name, state)));
                          return whole;
                        }));
  }

  /** The facts themselves; why there are none if there are none. */
  private static JsonNode facts(String name, JsonNode state) {
    JsonNode facts = state.path(name);
    return facts.isMissingNode() ? state.path("unavailable") : facts;
  }

  private static ObjectNode withoutOwn(ObjectNode node) {
    return node.remove(OWN);
  }
}
