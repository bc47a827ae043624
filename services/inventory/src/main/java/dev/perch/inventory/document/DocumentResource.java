package dev.perch.inventory.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.inventory.host.HostRegistry;
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
import java.util.UUID;

/** What is wanted on a host, aspect by aspect. */
@Path("/v1/hosts/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {
  private final Transactions transactions;
  private final HostRegistry hosts;
  private final Callers callers;

  DocumentResource(Transactions transactions, HostRegistry hosts, Callers callers) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.callers = callers;
  }

  /** A desired document as inventory last heard it. */
  record Document(
      String aspect,
      String service,
      String driver,
      long generation,
      JsonNode spec,
      Instant receivedAt) {

    static Document of(DocumentRow row) {
      try {
        return new Document(
            row.aspect,
            row.service,
            row.driver,
            row.generation,
            Json.MAPPER.readTree(row.spec),
            row.receivedAt);
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
                .chain(() -> new DocumentRows_(session).of(id))
                .map(rows -> new Page<>(rows.stream().map(Document::of).toList(), null)));
  }
}
