package dev.perch.inventory.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Another machine takes a host's place: id, name, labels, documents and timeline stay. */
@Tag(name = "agents")
@Path("/v1/hosts/{id}/replacements")
@Produces(MediaType.APPLICATION_JSON)
public class ReplacementResource {
  private final Transactions transactions;
  private final Replacement replacement;
  private final Callers callers;

  ReplacementResource(Transactions transactions, Replacement replacement, Callers callers) {
    this.transactions = transactions;
    this.replacement = replacement;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "replaceHost",
      summary = "Has another machine take the host's place: revokes the agent, makes a token")
  @Parameter(name = "Perch-Reason", in = ParameterIn.HEADER)
  @RequestBodySchema(EnrolmentInput.ReplacementRequest.class)
  @APIResponseSchema(
      value = Enrolment.Issued.class,
      responseCode = "201",
      responseDescription = "The token the new machine enrols with; its text is shown this once.")
  public Uni<Response> replace(@PathParam("id") UUID id, @Nullable JsonNode body) {
    Caller caller = callers.current();
    var asked = EnrolmentInput.replacement(body);
    return transactions
        .run(session -> replacement.begin(session, id, asked, caller))
        .map(issued -> Response.status(Response.Status.CREATED).entity(issued).build());
  }
}
