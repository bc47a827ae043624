package dev.perch.certmon.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.issue.RevocationReason;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Actions on certificates over HTTP. {@code If-Match} is optional but for the removal. */
@ApplicationScoped
@Tag(name = "certificates")
@Path("/v1/certificates")
@Produces(MediaType.APPLICATION_JSON)
public class ActionResource {
  private final Actions actions;
  private final Transactions transactions;
  private final Certificates certificates;
  private final Callers callers;

  ActionResource(
      Actions actions, Transactions transactions, Certificates certificates, Callers callers) {
    this.actions = actions;
    this.transactions = transactions;
    this.certificates = certificates;
    this.callers = callers;
  }

  /** The body of a renewal, as it is documented. */
  record RenewBody(
      @Schema(description = "Whether with a new key, whatever the policy says.") boolean newKey,
      @Schema(
              description =
                  "Whether also if it was issued or ordered too often; who said so is kept.")
          boolean overBudget) {}

  @POST
  @Path("/{id}/renew")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @RunOnVirtualThread
  @Operation(
      operationId = "renewCertificate",
      summary = "Renews it now, whatever its policy, windows or suspension say")
  @RequestBody(
      required = false,
      content = @Content(schema = @Schema(implementation = RenewBody.class)))
  @APIResponse(responseCode = "409", description = "Its budget is used up: overBudget.")
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "202",
      responseDescription = "It will be; done when revision.number is higher than in this answer.")
  public Response renew(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body)
      throws SQLException {
    RenewBody asked =
        body == null
            ? new RenewBody(false, false)
            : Fields.bind(
                body,
                fields -> {
                  var newKey = fields.optional("newKey", Rules.bool());
                  var overBudget = fields.optional("overBudget", Rules.bool());
                  return () -> new RenewBody(newKey.orElse(false), overBudget.orElse(false));
                });
    Caller caller = callers.current();
    return answer(
        202,
        actions.renew(
            id,
            asked.newKey(),
            asked.overBudget(),
            one -> check(caller, ifMatch, one),
            caller.cause(
                asked.overBudget() ? "certificate.renew-over-budget" : "certificate.renew")));
  }

  /** The body of a revocation, as it is documented. */
  record RevokeBody(
      RevocationReason reason,
      @Schema(description = "Whether also revisions that were in use before; true unless given.")
          boolean all) {}

  @POST
  @Path("/{id}/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @RunOnVirtualThread
  @Operation(
      operationId = "revokeCertificate",
      summary = "Revokes it; it is not renewed until that is asked for")
  @RequestBodySchema(RevokeBody.class)
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "200",
      responseDescription = "It is revoked; the issuer's list says so within seconds.")
  public Response revoke(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body)
      throws SQLException {
    RevokeBody asked =
        Fields.bind(
            body,
            fields -> {
              var reason = fields.required("reason", Rules.oneOf(RevocationReason.class));
              var all = fields.optional("all", Rules.bool());
              return () -> new RevokeBody(reason.get(), all.orElse(true));
            });
    Caller caller = callers.current();
    return answer(
        200,
        actions.revoke(
            id,
            asked.reason(),
            asked.all(),
            one -> check(caller, ifMatch, one),
            caller.cause("certificate.revoke")));
  }

  /** The body of a rollback, as it is documented. */
  record RollBackBody(@Schema(description = "Its number.") int revision) {}

  @POST
  @Path("/{id}/rollback")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @RunOnVirtualThread
  @Operation(
      operationId = "rollBackCertificate",
      summary = "Uses a revision again that was used before, with its key")
  @RequestBodySchema(RollBackBody.class)
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "200",
      responseDescription = "It is used again.")
  public Response rollBack(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body)
      throws SQLException {
    long number =
        Fields.bind(
            body, fields -> fields.required("revision", Rules.integer(1, Integer.MAX_VALUE))::get);
    Caller caller = callers.current();
    return answer(
        200,
        actions.rollBack(
            id,
            Math.toIntExact(number),
            one -> check(caller, ifMatch, one),
            caller.cause("certificate.rollback")));
  }

  @POST
  @Path("/{id}/suspend")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "suspendCertificate", summary = "Does not renew it until it is resumed")
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "200",
      responseDescription = "It is suspended; its end still raises alarms.")
  public Uni<Response> suspend(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return suspended(id, ifMatch, true, "certificate.suspend");
  }

  @POST
  @Path("/{id}/resume")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "resumeCertificate", summary = "Renews it again as its policy says")
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "200",
      responseDescription = "It is not suspended any more.")
  public Uni<Response> resume(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return suspended(id, ifMatch, false, "certificate.resume");
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.OPERATOR)
  @RunOnVirtualThread
  @Operation(
      operationId = "removeCertificate",
      summary = "Removes it with its keys; what is still valid is revoked unless it says otherwise")
  @APIResponse(responseCode = "204", description = "It is gone; its timeline stays.")
  public Response remove(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch)
      throws SQLException {
    Caller caller = callers.current();
    actions.remove(
        id,
        one -> {
          Sites.require(caller, one.siteId());
          Etag.require(ifMatch, one);
          Certificates.requireOwn(one);
        },
        caller.cause("certificate.remove"));
    return Response.noContent().build();
  }

  private Uni<Response> suspended(
      UUID id, @Nullable String ifMatch, boolean suspended, String operation) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                certificates.suspend(
                    session,
                    id,
                    suspended,
                    one -> check(caller, ifMatch, one),
                    caller.cause(operation)))
        .map(one -> answer(200, one));
  }

  private static void check(Caller caller, @Nullable String ifMatch, Certificate one) {
    Sites.require(caller, one.siteId());
    if (ifMatch != null) {
      Etag.require(ifMatch, one);
    }
  }

  private static Response answer(int status, Certificate one) {
    return Response.status(status).entity(one).header(HttpHeaders.ETAG, Etag.of(one)).build();
  }
}
