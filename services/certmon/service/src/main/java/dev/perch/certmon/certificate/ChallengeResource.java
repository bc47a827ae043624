package dev.perch.certmon.certificate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.perch.certmon.issue.ChallengeType;
import dev.perch.certmon.issue.Http01;
import dev.perch.contract.Json;
import dev.perch.kit.outbox.Transactions;
import dev.perch.kit.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers http-01 (RFC 8555 §8.3) for every replica: the answers are in what is stored. */
@ApplicationScoped
@Tag(name = "issuers")
@Path(Http01.PATH + "{token}")
public class ChallengeResource {
  /** RFC 8555 §8.1: base64url; those of servers are far shorter than this. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  // Text, then jsonb: as a jsonb parameter the driver would send it as a JSON string.
  private static final String ANSWER =
      """
      select challenge ->> 'keyAuthorization'
      from issuance, jsonb_array_elements(state -> 'challenges') challenge
      where jsonb_exists(state, 'challenges')
        and (state -> 'challenges') @> cast(cast(?1 as text) as jsonb)
        and challenge @> cast(cast(?2 as text) as jsonb)
      limit 1
      """;

  private final Transactions transactions;

  ChallengeResource(Transactions transactions) {
    this.transactions = transactions;
  }

  @GET
  @PermitAll
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @SecurityRequirements
  @Operation(
      operationId = "answerChallenge",
      summary = "The answer to an http-01 challenge of an ACME server (RFC 8555 §8.3)")
  @APIResponse(responseCode = "200", description = "The key authorization.")
  public Uni<String> answer(@PathParam("token") String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw unknown();
    }
    ArrayNode asked = Json.MAPPER.createArrayNode();
    asked.addObject().put("token", token).put("type", ChallengeType.HTTP_01.name());
    return transactions
        .read(
            session ->
                session
                    .createNativeQuery(ANSWER, String.class)
                    .setParameter(1, asked.toString())
                    .setParameter(2, asked.get(0).toString())
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(ChallengeResource::unknown);
  }

  private static RuntimeException unknown() {
    return new Problem.NotFound("There is no such challenge.").asException();
  }
}
