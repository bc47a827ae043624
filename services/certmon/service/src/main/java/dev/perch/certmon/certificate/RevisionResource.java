package dev.perch.certmon.certificate;

import dev.perch.certmon.host.HostKeys;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was issued of a certificate, and why nothing newer was. */
@ApplicationScoped
@Tag(name = "certificates")
@Path("/v1/certificates")
@RunOnVirtualThread
public class RevisionResource {
  private static final String PEM = "application/pem-certificate-chain";

  private final Database database;
  private final Signing signing;
  private final Pacing pacing;
  private final WorkItems items;
  private final Policy policy;
  private final Callers callers;
  private final Clock clock;

  RevisionResource(
      Database database,
      Signing signing,
      Pacing pacing,
      WorkItems items,
      Policy policy,
      Callers callers,
      Clock clock) {
    this.database = database;
    this.signing = signing;
    this.pacing = pacing;
    this.items = items;
    this.policy = policy;
    this.callers = callers;
    this.clock = clock;
  }

  /** All revisions; they are few, since their number is bounded by the certificate's age. */
  record Listed(List<Revised.Shown> items) {
    Listed {
      items = List.copyOf(items);
    }
  }

  @GET
  @Path("/{id}/revisions")
  @RolesAllowed(Roles.VIEWER)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "listRevisions", summary = "What was issued of it, newest first")
  public Listed revisions(@PathParam("id") UUID id) throws SQLException {
    Caller caller = callers.current();
    return database.each(
        connection -> {
          situation(connection, caller, id);
          return new Listed(Revisions.all(connection, id).stream().map(Revised::shown).toList());
        });
  }

  /** RFC 8555 §9.1. */
  @GET
  @Path("/{id}/chain")
  @RolesAllowed(Roles.VIEWER)
  @Produces(PEM)
  @Operation(
      operationId = "readChain",
      summary = "The chain of the revision in use, PEM, leaf first")
  @APIResponse(responseCode = "200", description = "The chain; without the root.")
  public String chain(@PathParam("id") UUID id) throws SQLException {
    Caller caller = callers.current();
    return database.each(
        connection -> {
          Revised active = situation(connection, caller, id).active();
          if (active == null) {
            throw new Problem.NotFound("No revision of it is in use.").asException();
          }
          return active.chain();
        });
  }

  @GET
  @Path("/{id}/explain")
  @RolesAllowed(Roles.VIEWER)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "explainCertificate",
      summary = "Why it has not been renewed yet, and when it will be")
  public Explanation explain(@PathParam("id") UUID id) throws SQLException {
    Caller caller = callers.current();
    return database.each(
        connection -> {
          Situation situation = situation(connection, caller, id);
          return Explanation.of(
              situation,
              situation.need(clock.instant(), policy.look()),
              policy,
              pacing.waiting(connection, situation),
              items.find(connection, CertificateWork.QUEUE, id.toString()),
              HostKeys.awaited(connection, id));
        });
  }

  private Situation situation(Connection connection, Caller caller, UUID id) throws SQLException {
    Situation situation =
        signing.situation(connection, id).orElseThrow(() -> Certificates.KIND.unknown(id));
    Certificate certificate = situation.certificate();
    Sites.requireRead(caller, certificate.siteId());
    return situation;
  }
}
