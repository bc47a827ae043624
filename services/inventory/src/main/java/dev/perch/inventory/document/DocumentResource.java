package dev.perch.inventory.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.report.Kind;
import dev.perch.inventory.report.ReportPast;
import dev.perch.inventory.report.ReportWatch;
import dev.perch.inventory.report.Reports;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.TimelineQuery;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.Watches;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is wanted on a host, aspect by aspect. */
@Tag(name = "documents")
@Path("/v1/hosts/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {
  private final Transactions transactions;
  private final HostRegistry hosts;
  private final Reports reports;
  private final Callers callers;
  private final ReportWatch watch;

  DocumentResource(
      Transactions transactions,
      HostRegistry hosts,
      Reports reports,
      Callers callers,
      ReportWatch watch) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.reports = reports;
    this.callers = callers;
    this.watch = watch;
  }

  /**
   * A desired document as inventory last heard it.
   *
   * @param aspect of the host, or an instance of one: {@code certificates.web}
   * @param observed what became of it on the host, as published on perch.inventory.host-observed
   */
  record Document(
      String aspect,
      String service,
      String driver,
      long generation,
      JsonNode spec,
      Instant receivedAt,
      @Nullable JsonNode observed) {

    static Document of(DocumentRow row, Map<String, JsonNode> observed) {
      try {
        return new Document(
            row.aspect,
            row.service,
            row.driver,
            row.generation,
            Json.MAPPER.readTree(row.spec),
            row.receivedAt,
            observed.get(row.aspect));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * All of them: one per aspect, and one per instance of an aspect, of which a host has as many as
   * it has certificates. With {@code watch=true} what becomes of them on the host, as server-sent
   * events, also of a host that is not there yet.
   */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listDocuments",
      summary = "Every document that is wanted on the host, or what becomes of them there")
  @Parameter(
      name = "watch",
      in = ParameterIn.QUERY,
      description = "true: the changes of what is observed, as server-sent events.",
      schema = @Schema(implementation = Boolean.class))
  @Parameter(name = "cursor", in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "200",
      description = "They are in items, by aspect. Perch-Watch-Cursor is where to watch from.")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> list(@PathParam("id") UUID id, @Context UriInfo uri) {
    Caller caller = callers.current();
    if (watch.isAsked()) {
      return watch.serve(Kind.OBSERVATION, uri, id, caller);
    }
    String cursor = watch.cursorNow(Kind.OBSERVATION);
    return transactions
        .read(
            session ->
                hosts
                    .find(session, id)
                    .invoke(host -> caller.requireSite(host.siteId()))
                    .chain(() -> reports.observed(session, id))
                    .chain(
                        observed ->
                            new DocumentRows_(session).of(id).map(rows -> page(rows, observed))))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  /** What became of a document before, and when it changed. */
  @GET
  @Path("/{aspect}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "documentTimeline",
      summary = "The last 100 versions of what became of a document: when, what; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(
      @PathParam("id") UUID id, @PathParam("aspect") String aspect, @Context UriInfo uri) {
    Caller caller = callers.current();
    var query = TimelineQuery.of(uri);
    var past = new ReportPast(Kind.OBSERVATION, id, aspect);
    return transactions
        .read(
            session ->
                hosts
                    .find(session, id)
                    .invoke(host -> caller.requireSite(host.siteId()))
                    .chain(() -> query.run((below, limit) -> past.below(session, below, limit))))
        .map(page -> page.answer(uri).build());
  }

  private static Page<Document> page(List<DocumentRow> rows, Map<String, JsonNode> observed) {
    return new Page<>(rows.stream().map(row -> Document.of(row, observed)).toList(), null);
  }
}
