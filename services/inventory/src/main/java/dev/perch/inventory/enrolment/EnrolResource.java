package dev.perch.inventory.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.kit.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where an agent enrols. It has no bearer token: its proof is in the body. */
@Tag(name = "agents")
@Path(LinkProtocol.ENROL_PATH)
@Produces(MediaType.APPLICATION_JSON)
public class EnrolResource {
  private final Transactions transactions;
  private final Enrolment enrolment;

  EnrolResource(Transactions transactions, Enrolment enrolment) {
    this.transactions = transactions;
    this.enrolment = enrolment;
  }

  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "enrolAgent",
      summary = "Registers an agent's keys with a one-time token; called by agents")
  @RequestBodySchema(dev.perch.contract.link.EnrolmentRequest.class)
  @APIResponseSchema(
      value = EnrolmentAnswer.class,
      responseCode = "201",
      responseDescription = "The agent is the host's. The same request again gets the same answer.")
  public Uni<Response> enrol(@Nullable JsonNode body) {
    var request = EnrolmentInput.request(body);
    return transactions
        .run(session -> enrolment.enrol(session, request))
        .map(answer -> Response.status(Response.Status.CREATED).entity(answer).build());
  }
}
