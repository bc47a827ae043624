package dev.perch.inventory.enrolment;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkSettings;
import dev.perch.inventory.SparingLog;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.presence.Presence;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** How a machine becomes a host's agent. Each method runs in its caller's transaction. */
@ApplicationScoped
class Enrolment {
  private static final SparingLog REFUSALS =
      new SparingLog(LoggerFactory.getLogger(Enrolment.class));

  private final EnrolmentConfig config;
  private final LinkAddress address;
  private final HostRegistry hosts;
  private final AgentKeyBook keys;

  Enrolment(EnrolmentConfig config, LinkAddress address, HostRegistry hosts, AgentKeyBook keys) {
    this.config = config;
    this.address = address;
    this.hosts = hosts;
    this.keys = keys;
  }

  /** A token and whose it is; its text is shown this once. */
  record Issued(UUID id, UUID hostId, Instant expiresAt, String token) {}

  /**
   * Makes a token.
   *
   * @return fails with a conflict if the host has an agent and the token must not replace it
   */
  Uni<Issued> issue(
      Mutiny.StatelessSession session,
      Host host,
      @Nullable Duration validFor,
      boolean replaces,
      Cause cause) {
    LinkSettings settings = address.settings();
    return keys.active(session, host.id())
        .chain(
            active -> {
              if (active != null && !replaces) {
                return Uni.createFrom().failure(hasAnAgent(host.id()));
              }
              String secret = Secrets.next();
              var row = new TokenRow();
              row.id = Ids.next();
              row.hostId = host.id();
              row.secretHash = Secrets.hash(secret);
              row.replaces = replaces;
              row.createdBy = cause.actor();
              row.createdAt = Instants.now();
              row.expiresAt = row.createdAt.plus(validFor == null ? config.validFor() : validFor);
              var token =
                  new EnrolmentToken(
                      row.id.toString(),
                      secret,
                      settings.server(),
                      settings.endpoints(),
                      settings.pins(),
                      row.expiresAt);
              return new TokenRows_(session)
                  .insert(row)
                  .replaceWith(() -> new Issued(row.id, host.id(), row.expiresAt, token.write()));
            });
  }

  /**
   * Uses a token. The same request again gets the same answer, so that an agent that did not hear
   * it may ask again.
   *
   * @return fails with 403 whatever is wrong with token or proof, and with 409 if the host has got
   *     an agent that the token must not replace
   */
  Uni<EnrolmentAnswer> enrol(Mutiny.StatelessSession session, EnrolmentRequest request) {
    LinkSettings settings = address.settings();
    UUID id = tokenId(request);
    return session
        .get(TokenRow.class, id, LockMode.PESSIMISTIC_WRITE)
        .invoke(token -> check(token, request, settings.server()))
        .chain(
            token ->
                hosts
                    .find(session, token.hostId)
                    .call(host -> register(session, token, request, settings))
                    .map(
                        host ->
                            new EnrolmentAnswer(host.id(), host.siteId(), host.name(), settings)));
  }

  private static UUID tokenId(EnrolmentRequest request) {
    try {
      return UUID.fromString(request.tokenId());
    } catch (IllegalArgumentException e) {
      throw refused("no id", request);
    }
  }

  private static void check(@Nullable TokenRow token, EnrolmentRequest request, String server) {
    if (token == null || !Secrets.matches(request.tokenSecret(), token.secretHash)) {
      throw refused("unknown token", request);
    }
    boolean repeated = request.signingKey().equals(token.usedFor);
    if (!repeated && (token.usedFor != null || token.expiresAt.isBefore(Instant.now()))) {
      throw refused("used or expired", request);
    }
    if (!isProven(request, server)) {
      throw refused("no proof", request);
    }
  }

  private static boolean isProven(EnrolmentRequest request, String server) {
    try {
      var signing = AgentKeys.read(request.signingKey());
      AgentKeys.read(request.encryptionKey());
      return !request.signingKey().equals(request.encryptionKey())
          && LinkProof.isEnrolment(
              signing,
              request.proof(),
              server,
              request.tokenId(),
              request.signingKey(),
              request.encryptionKey());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static RuntimeException refused(String why, EnrolmentRequest request) {
    REFUSALS
        .atWarn()
        .addKeyValue("reason", why)
        .addKeyValue("token", request.tokenId())
        .log("Enrolment refused");
    return new Problem.Forbidden().asException();
  }

  private Uni<Void> register(
      Mutiny.StatelessSession session,
      TokenRow token,
      EnrolmentRequest request,
      LinkSettings settings) {
    return keys.active(session, token.hostId)
        .chain(
            active -> {
              if (active != null && active.signingKey.equals(request.signingKey())) {
                return Uni.createFrom().voidItem();
              }
              if (token.usedFor != null) {
                // The key it was used for has been revoked since: a token does not bring it back.
                return Uni.createFrom().failure(refused("revoked", request));
              }
              if (active != null && !token.replaces) {
                return Uni.createFrom().failure(hasAnAgent(token.hostId));
              }
              token.usedFor = request.signingKey();
              return new TokenRows_(session)
                  .update(token)
                  .chain(() -> keys.revoke(session, token.hostId, "replaced"))
                  .chain(
                      () ->
                          keys.register(
                              session, token.hostId, request, LinkDocuments.spec(settings)))
                  .chain(() -> hosts.note(session, token.hostId, Presence.NONE::of, cause(token)));
            });
  }

  private static Cause cause(TokenRow token) {
    return new Cause(
        "host:" + token.hostId,
        token.replaces ? "agent.replace" : "agent.enrol",
        "with the token " + token.id + " of " + token.createdBy);
  }

  private static RuntimeException hasAnAgent(UUID host) {
    return new Problem.Conflict(
            "Host " + host + " has an agent.",
            List.of(
                new Violation(
                    "agent.enrolled",
                    "/hostId",
                    null,
                    "If the machine was replaced or reinstalled, ask for a token with replace:"
                        + " true. The old key is revoked when the token is used.")))
        .asException();
  }
}
