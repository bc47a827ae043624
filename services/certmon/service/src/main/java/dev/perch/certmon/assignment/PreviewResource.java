package dev.perch.certmon.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What rules would do, over HTTP. It runs the checks that a change runs, and changes nothing. */
@ApplicationScoped
@Tag(name = "rules")
@Path("/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PreviewResource {
  private final Database database;
  private final Signers signers;
  private final ResourceBook<CertificateRule> book;
  private final Callers callers;

  PreviewResource(Database database, Signers signers, Timeline timeline, Callers callers) {
    this.database = database;
    this.signers = signers;
    this.callers = callers;
    book = new ResourceBook<>(CertificateRules.KIND, timeline);
  }

  @POST
  @Path("/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "previewNewRule",
      summary = "Which hosts a rule would give which certificates")
  @RequestBodySchema(RuleSpec.class)
  public Preview ofNew(@Nullable JsonNode body) throws SQLException {
    Caller caller = callers.current();
    RuleSpec spec = RuleInput.create(body);
    Sites.require(caller, spec.siteId());
    return preview(spec, null);
  }

  /** Of the rule as it is; or, with a merge patch, as it would be. */
  @POST
  @Path("/{id}/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "previewRule",
      summary = "What becomes of each host's certificate if the rule is changed like that")
  @RequestBody(
      required = false,
      content = @Content(schema = @Schema(implementation = RuleSpec.class)))
  public Preview ofChange(@PathParam("id") UUID id, @Nullable JsonNode patch) throws SQLException {
    CertificateRule rule = visible(id);
    Sites.require(callers.current(), rule.siteId());
    return preview(patch == null ? RuleSpec.of(rule) : RuleInput.patch(rule, patch), rule);
  }

  @GET
  @Path("/{id}/preview")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "readRulePreview",
      summary = "Which hosts match the rule, and which certificates they have or get by it")
  public Preview ofExisting(@PathParam("id") UUID id) throws SQLException {
    CertificateRule rule = visible(id);
    Caller caller = callers.current();
    // It names hosts of every site that the rule is for.
    Sites.require(caller, rule.siteId());
    return preview(RuleSpec.of(rule), rule);
  }

  private CertificateRule visible(UUID id) throws SQLException {
    Optional<CertificateRule> rule = database.each(connection -> book.find(connection, id));
    return rule.orElseThrow(() -> CertificateRules.KIND.unknown(id));
  }

  private Preview preview(RuleSpec spec, @Nullable CertificateRule rule) throws SQLException {
    return database.each(
        connection -> {
          CertificateRules.require(
              signers
                  .find(connection, spec.issuerId())
                  .orElseThrow(CertificateRules::unknownIssuer));
          return Preview.of(connection, spec, rule);
        });
  }
}
