package dev.perch.certmon.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.Catalogue;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.timeline.NamedQuery;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.timeline.TimelineQuery;
import dev.perch.kit.web.Etag;
import dev.perch.kit.web.MergePatch;
import dev.perch.kit.web.idempotency.Answer;
import dev.perch.kit.web.idempotency.Idempotency;
import dev.perch.kit.web.idempotency.IdempotentRequest;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import dev.perch.kit.web.watch.ChangeFeed;
import dev.perch.kit.web.watch.ChangeFeeds;
import dev.perch.kit.web.watch.Watches;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rules over HTTP. What one would do is in {@link PreviewResource}. */
@Startup
@ApplicationScoped
@Tag(name = "rules")
@Path("/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
public class RuleResource {
  private final Transactions transactions;
  private final CertificateRules rules;
  private final Timeline timeline;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  RuleResource(
      Transactions transactions,
      CertificateRules rules,
      Timeline timeline,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds) {
    this.transactions = transactions;
    this.rules = rules;
    this.timeline = timeline;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.RULES.log());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "createRule",
      summary = "Creates a rule: each host that matches gets one certificate by it")
  @RequestBodySchema(RuleSpec.class)
  @APIResponseSchema(
      value = CertificateRule.class,
      responseCode = "201",
      responseDescription = "Its certificates follow. Location and ETag are set.")
  public Uni<Response> create(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    var request = IdempotentRequest.of(caller.subject(), "/v1/rules", key, body);
    RuleSpec spec = RuleInput.create(body);
    Sites.require(caller, spec.siteId());
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        rules
                            .create(session, spec, caller.cause("rule.create"))
                            .map(rule -> Answer.created("/v1/rules", rule))))
        .map(Answer::response);
  }

  /** A page of rules; with {@code watch=true} the changes of rules as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listRules",
      summary = "A page of rules in the order of their names, or their changes")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Rules whose name begins with it.")
  @Parameter(name = "labels", in = ParameterIn.QUERY)
  @Parameter(name = "limit", in = ParameterIn.QUERY)
  @Parameter(name = "cursor", in = ParameterIn.QUERY)
  @Parameter(name = "watch", in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "200",
      description =
          "The page is in items; next is the cursor of the next one. Perch-Watch-Cursor is where to"
              + " watch from.")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> list(@Context UriInfo uri) {
    Caller caller = callers.current();
    if (watches.isAsked()) {
      return watches.serve(feed, caller, event -> true);
    }
    var query = NamedQuery.of(uri);
    String cursor = feed.cursorNow();
    return transactions
        .read(session -> rules.list(session, query, caller))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readRule", summary = "One rule")
  @APIResponseSchema(
      value = CertificateRule.class,
      responseCode = "200",
      responseDescription = "The rule. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
    return transactions
        .read(session -> rules.find(session, id))
        .invoke(rule -> Sites.requireRead(caller, rule.siteId()))
        .map(rule -> Answer.read(rule, ifNoneMatch));
  }

  /** Every version of the rule, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "ruleTimeline",
      summary = "Every version of the rule: who, what, why; newest first")
  @APIResponse(
      responseCode = "200",
      description = "The page is in items; next is the cursor of the next one.")
  public Uni<Response> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
    Caller caller = callers.current();
    var query = TimelineQuery.of(uri);
    return transactions
        .read(
            session ->
                query.run(
                    timeline,
                    session,
                    id,
                    () -> CertificateRules.KIND.unknown(id),
                    last -> Sites.requireRead(caller, Sites.of(last))))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "changeRule",
      summary = "Changes a rule by JSON Merge Patch (RFC 7396), and with it its certificates")
  @RequestBodySchema(RuleSpec.class)
  @APIResponseSchema(
      value = CertificateRule.class,
      responseCode = "200",
      responseDescription = "The rule as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                rules.change(
                    session,
                    id,
                    rule -> {
                      Sites.require(caller, rule.siteId());
                      Etag.require(ifMatch, rule);
                      return RuleInput.patch(rule, patch);
                    },
                    caller.cause("rule.change")))
        .map(rule -> Answer.ok(rule).response());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "removeRule",
      summary = "Removes a rule; its certificates are revoked and removed")
  @APIResponse(responseCode = "204", description = "It is gone; its certificates follow.")
  public Uni<Response> remove(
      @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                rules.remove(
                    session,
                    id,
                    rule -> {
                      Sites.require(caller, rule.siteId());
                      Etag.require(ifMatch, rule);
                    },
                    caller.cause("rule.remove")))
        .map(done -> Response.noContent().build());
  }
}
