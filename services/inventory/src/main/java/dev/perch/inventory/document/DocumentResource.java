package dev.perch.inventory.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.report.Reports;
import dev.perch.kit.outbox.Transactions;
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
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is wanted on a host, aspect by aspect. */
@Path("/v1/hosts/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {
  private final Transactions transactions;
  private final HostRegistry hosts;
  private final Reports reports;
  private final Callers callers;

  DocumentResource(
      Transactions transactions, HostRegistry hosts, Reports reports, Callers callers) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.reports = reports;
    this.callers = callers;
  }

  /**
   * A desired document as inventory last heard it.
   *
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

  /** All of them: there are no more than the catalogue has aspects. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  public Uni<Page<Document>> list(@PathParam("id") UUID id) {
    Caller caller = callers.current();
    return transactions.read(
        session ->
            hosts
                .find(session, id)
                .invoke(host -> caller.requireSite(host.siteId()))
                .chain(() -> reports.observed(session, id))
                .chain(
                    observed ->
                        new DocumentRows_(session)
                            .of(id)
                            .map(
                                rows ->
                                    new Page<>(
                                        rows.stream()
                                            .map(row -> Document.of(row, observed))
                                            .toList(),
                                        null))));
  }
}
