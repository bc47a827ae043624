package dev.perch.certmon.issuer;

import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Revocation lists, for whoever checks a certificate. They are signed: nobody needs a token. */
@ApplicationScoped
@Tag(name = "issuers")
@Path("/crl/{issuer}.crl")
public class RevocationListResource {
  /** RFC 5280 §4.2.1.13, RFC 2585 §4.2. */
  private static final String PKIX_CRL = "application/pkix-crl";

  private final Transactions transactions;

  RevocationListResource(Transactions transactions) {
    this.transactions = transactions;
  }

  @GET
  @PermitAll
  @Produces(PKIX_CRL)
  @SecurityRequirements
  @Operation(
      operationId = "revocationList",
      summary = "The newest revocation list of a CA (RFC 5280 §5), DER")
  @APIResponse(responseCode = "200", description = "The list.")
  public Uni<Response> list(@PathParam("issuer") UUID issuer) {
    return transactions
        .read(
            session ->
                session
                    .createNativeQuery(
                        "select crl from issuer_key where issuer_id = ?1", byte[].class)
                    .setParameter(1, issuer)
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> new Problem.NotFound("There is no such list.").asException())
        .map(list -> Response.ok(list).header(HttpHeaders.CACHE_CONTROL, "max-age=300").build());
  }
}
