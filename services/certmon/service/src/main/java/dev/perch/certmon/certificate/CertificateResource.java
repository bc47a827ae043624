package dev.perch.certmon.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.site.Sites;
import dev.perch.contract.Catalogue;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.outbox.Transactions;
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

/** Certificates over HTTP: what is wanted. What is done to them is in {@link ActionResource}. */
@Startup
@ApplicationScoped
@Tag(name = "certificates")
@Path("/v1/certificates")
@Produces(MediaType.APPLICATION_JSON)
public class CertificateResource {
  private final Transactions transactions;
  private final Certificates certificates;
  private final Timeline timeline;
  private final Callers callers;
  private final Watches watches;
  private final ChangeFeed feed;

  CertificateResource(
      Transactions transactions,
      Certificates certificates,
      Timeline timeline,
      Callers callers,
      Watches watches,
      ChangeFeeds feeds) {
    this.transactions = transactions;
    this.certificates = certificates;
    this.timeline = timeline;
    this.callers = callers;
    this.watches = watches;
    this.feed = feeds.of(Catalogue.CERTIFICATES.log());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "createCertificate",
      summary = "Creates a certificate, which is issued and kept valid from then on")
  @RequestBodySchema(CertificateSpec.class)
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "201",
      responseDescription =
          "It is wanted; its state is PENDING until it is issued. Location and ETag are set.")
  public Uni<Response> create(
      @Nullable JsonNode body, @HeaderParam(IdempotentRequest.HEADER) @Nullable String key) {
    Caller caller = callers.current();
    var request = IdempotentRequest.of(caller.subject(), "/v1/certificates", key, body);
    CertificateSpec spec = CertificateInput.create(body);
    Sites.require(caller, spec.siteId());
    return transactions
        .run(
            session ->
                Idempotency.once(
                    session,
                    request,
                    () ->
                        certificates
                            .create(session, spec, caller.cause("certificate.create"))
                            .map(one -> Answer.created("/v1/certificates", one))))
        .map(Answer::response);
  }

  /** A page of certificates; with {@code watch=true} their changes as server-sent events. */
  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listCertificates",
      summary = "A page of certificates in the order of their names, or their changes")
  @Parameter(
      name = "site",
      in = ParameterIn.QUERY,
      description = "Those of these sites; separated by commas.")
  @Parameter(
      name = "issuer",
      in = ParameterIn.QUERY,
      description = "Those of these issuers; separated by commas.")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "Those in these states; separated by commas.")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Those whose name begins with it.")
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
    var query = CertificateQuery.of(uri);
    String cursor = feed.cursorNow();
    return transactions
        .read(session -> query.run(session, certificates, caller))
        .map(page -> page.answer(uri).header(Watches.CURSOR, cursor).build());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readCertificate", summary = "One certificate")
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "200",
      responseDescription = "The certificate. ETag is set.")
  public Uni<Response> read(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Caller caller = callers.current();
    return transactions
        .read(session -> certificates.find(session, id))
        .invoke(one -> Sites.requireRead(caller, one.siteId()))
        .map(one -> Answer.read(one, ifNoneMatch));
  }

  /** Every version of it, who made it and why, newest first; also of one that is gone. */
  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "certificateTimeline",
      summary = "Every version of the certificate: who, what, why; newest first")
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
                    () -> Certificates.KIND.unknown(id),
                    last -> Sites.requireRead(caller, Sites.of(last))))
        .map(page -> page.answer(uri).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MergePatch.MEDIA_TYPE)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "changeCertificate",
      summary =
          "Changes a certificate by JSON Merge Patch (RFC 7396); what is asked of the issuer is"
              + " issued anew")
  @RequestBodySchema(CertificateSpec.class)
  @APIResponseSchema(
      value = Certificate.class,
      responseCode = "200",
      responseDescription = "The certificate as it is now. ETag is set.")
  public Uni<Response> change(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode patch) {
    Caller caller = callers.current();
    return transactions
        .run(
            session ->
                certificates.change(
                    session,
                    id,
                    one -> {
                      Sites.require(caller, one.siteId());
                      Etag.require(ifMatch, one);
                      return CertificateInput.patch(one, patch);
                    },
                    caller.cause("certificate.change")))
        .map(one -> Answer.ok(one).response());
  }
}
