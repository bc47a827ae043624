package dev.perch.inventory.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.operation.Operation;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.idempotency.Idempotency;
import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What can be done to a host, what stands in the way, and doing it. */
@Tag(name = "actions")
@Path("/v1/hosts/{id}/actions")
@Produces(MediaType.APPLICATION_JSON)
public class ActionResource {
  private static final String OPERATIONS = "/v1/operations/";

  private final Transactions transactions;
  private final Actions actions;
  private final Callers callers;

  ActionResource(Transactions transactions, Actions actions, Callers callers) {
    this.transactions = transactions;
    this.actions = actions;
    this.callers = callers;
  }

  /** Every action there is, with all that stands in its way now. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "listActions",
      summary = "Every action on a host: is it allowed now, and what stands in the way")
  @APIResponse(responseCode = "200", description = "They are in items.")
  public Uni<Page<Preview.Listed>> list(@PathParam("id") UUID id) {
    Caller caller = callers.current();
    return transactions
        .read(session -> actions.subject(session, id, caller))
        .map(
            subject ->
                new Page<>(
                    Stream.of(Action.values())
                        .map(action -> Preview.of(action, List.of(), subject).listed())
                        .toList(),
                    null));
  }

  /** Asks for an action; with {@code preview=true} changes nothing and says what it would say. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "actOnHost",
      summary = "Does something to a host, as an operation; or previews it")
  @Parameter(
      name = "preview",
      in = ParameterIn.QUERY,
      description = "true: every check is asked and answered, and nothing is changed.",
      schema = @Schema(implementation = Boolean.class))
  @Parameter(
      name = "Perch-Reason",
      in = ParameterIn.HEADER,
      description = "Why, unless the body says so.")
  @RequestBodySchema(ActionRequest.Body.class)
  @APIResponseSchema(
      value = Operation.class,
      responseCode = "202",
      responseDescription = "The operation; Location is where to follow it.")
  @APIResponse(
      responseCode = "200",
      description = "The preview: every check with what was found and what to do about it.",
      content = @Content(schema = @Schema(implementation = Preview.Shown.class)))
  public Uni<Response> act(
      @PathParam("id") UUID id,
      @Context UriInfo uri,
      @HeaderParam(IdempotentRequest.HEADER) @Nullable String key,
      @Nullable JsonNode body) {
    Caller caller = callers.current();
    boolean preview = isPreview(uri);
    var asked = ActionRequest.of(body);
    if (preview) {
      return transactions
          .read(session -> actions.subject(session, id, caller))
          .map(subject -> Preview.of(asked.action(), asked.waive(), subject).shown())
          .map(shown -> Answer.ok(null, shown).response());
    }
    var request = IdempotentRequest.of(caller.subject(), "/v1/hosts/" + id + "/actions", key, body);
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        actions.request(session, id, asked, caller).map(ActionResource::accepted)))
        .map(Answer::response);
  }

  private static Answer accepted(Operation operation) {
    return Answer.accepted(OPERATIONS + operation.id(), operation);
  }

  private static boolean isPreview(UriInfo uri) {
    Rule<Boolean> trueOrFalse =
        (node, at) ->
            switch (node.textValue()) {
              case "true" -> true;
              case "false" -> false;
              default -> {
                at.refuse("value.not-allowed", node, "Use true or false.");
                yield null;
              }
            };
    return Parameters.bind(
        uri,
        parameters -> {
          var preview = parameters.one("preview", trueOrFalse);
          return () -> preview.orElse(false);
        });
  }
}
