package dev.perch.inventory.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.inventory.enrolment.EnrolmentInput.Revocation;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.presence.Presence;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The agent of a host: its keys, and their end. */
@Tag(name = "agents")
@Path("/v1/hosts/{id}/agent")
@Produces(MediaType.APPLICATION_JSON)
public class AgentResource {
  private final Transactions transactions;
  private final HostRegistry hosts;
  private final AgentKeyBook keys;
  private final Callers callers;

  AgentResource(Transactions transactions, HostRegistry hosts, AgentKeyBook keys, Callers callers) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.keys = keys;
    this.callers = callers;
  }

  /**
   * The agent that is enrolled.
   *
   * @param encryptionKey to which a secret for this host is sealed; SubjectPublicKeyInfo, base64url
   */
  record Agent(
      UUID hostId,
      String agentVersion,
      Instant enrolledAt,
      String signingKey,
      String encryptionKey) {

    static Agent of(KeyRow row) {
      return new Agent(
          row.hostId, row.agentVersion, row.enrolledAt, row.signingKey, row.encryptionKey);
    }
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readAgent", summary = "The agent of a host")
  @APIResponseSchema(
      value = Agent.class,
      responseCode = "200",
      responseDescription = "Its public keys.")
  public Uni<Agent> read(@PathParam("id") UUID id) {
    Caller caller = callers.current();
    return transactions.read(
        session ->
            hosts
                .find(session, id)
                .invoke(host -> caller.requireSite(host.siteId()))
                .chain(() -> keys.active(session, id))
                .onItem()
                .ifNull()
                .failWith(() -> none(id))
                .map(Agent::of));
  }

  /** A machine was stolen, or its key may be known to others. */
  @POST
  @Path("/revocations")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "revokeAgent",
      summary = "Revokes the agent's key: it is disconnected and refused from now on")
  @RequestBodySchema(Revocation.class)
  @APIResponse(responseCode = "204", description = "Done. A new token lets an agent enrol again.")
  public Uni<Response> revoke(@PathParam("id") UUID id, @Nullable JsonNode body) {
    Caller caller = callers.current();
    Revocation asked = EnrolmentInput.revocation(body);
    var cause = new Cause(caller.subject(), "agent.revoke", asked.reason());
    return transactions
        .run(
            session ->
                hosts
                    .find(session, id)
                    .invoke(host -> caller.requireSite(host.siteId()))
                    .chain(() -> keys.revoke(session, id, asked.reason()))
                    .invoke(
                        was -> {
                          if (!was) {
                            throw none(id);
                          }
                        })
                    .chain(() -> hosts.note(session, id, Presence.NONE::of, cause)))
        .map(done -> Response.noContent().build());
  }

  private static RuntimeException none(UUID host) {
    return new Problem.NotFound("Host " + host + " has no agent.").asException();
  }
}
