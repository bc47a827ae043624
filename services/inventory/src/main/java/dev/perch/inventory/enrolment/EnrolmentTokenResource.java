package dev.perch.inventory.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.enrolment.EnrolmentInput.TokenRequest;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * One-time tokens for agents. A token's text is in one answer and nowhere else, so a lost answer
 * means another token: there is no Idempotency-Key, which would keep it.
 */
@Tag(name = "agents")
@Path("/v1/enrolment-tokens")
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentTokenResource {
  private final Transactions transactions;
  private final Enrolment enrolment;
  private final HostRegistry hosts;
  private final Callers callers;

  EnrolmentTokenResource(
      Transactions transactions, Enrolment enrolment, HostRegistry hosts, Callers callers) {
    this.transactions = transactions;
    this.enrolment = enrolment;
    this.hosts = hosts;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "createEnrolmentToken",
      summary = "Makes a one-time token with which a host's agent enrols")
  @Parameter(name = "Perch-Reason", in = ParameterIn.HEADER)
  @RequestBodySchema(TokenRequest.class)
  @APIResponseSchema(
      value = Enrolment.Issued.class,
      responseCode = "201",
      responseDescription = "The token; its text is shown this once.")
  public Uni<Response> create(@Nullable JsonNode body) {
    Caller caller = callers.current();
    TokenRequest asked = EnrolmentInput.token(body);
    Long seconds = asked.validForSeconds();
    Duration validFor = seconds == null ? null : Duration.ofSeconds(seconds);
    return transactions
        .run(
            session ->
                host(session, asked, caller)
                    .chain(
                        host ->
                            enrolment.issue(
                                session,
                                host,
                                validFor,
                                asked.replaces(),
                                caller.cause("agent.invite"))))
        .map(issued -> Response.status(Response.Status.CREATED).entity(issued).build());
  }

  private Uni<Host> host(Mutiny.StatelessSession session, TokenRequest asked, Caller caller) {
    if (asked.hostId() != null) {
      return hosts.find(session, asked.hostId()).invoke(host -> caller.requireSite(host.siteId()));
    }
    var site = Objects.requireNonNull(asked.siteId());
    caller.requireSite(site);
    var personality = asked.personality();
    return hosts.named(
        session,
        site,
        Objects.requireNonNull(asked.name()),
        personality == null ? Host.Personality.WORKER : personality,
        caller.cause("host.register"));
  }
}
