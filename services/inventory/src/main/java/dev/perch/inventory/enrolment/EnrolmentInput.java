package dev.perch.inventory.enrolment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.inventory.Names;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What comes in over HTTP about enrolment. */
final class EnrolmentInput {
  private static final long LEAST_SECONDS = 1;
  private static final long MOST_SECONDS = Duration.ofDays(30).toSeconds();
  private static final int LONGEST = 512;

  private EnrolmentInput() {}

  /**
   * For which host a token is asked: one that is registered, or a name in a site, which is
   * registered if it is not there.
   *
   * @param replace the host may have an agent already; its key is revoked when the token is used
   */
  record TokenRequest(
      @Nullable UUID hostId,
      @Nullable UUID siteId,
      @Nullable String name,
      Host.@Nullable Personality personality,
      @Nullable Long validForSeconds,
      @Nullable Boolean replace) {

    boolean replaces() {
      return replace != null && replace;
    }
  }

  static TokenRequest token(@Nullable JsonNode body) {
    return Fields.bind(
        body,
        fields -> {
          Value<UUID> host = fields.optional("hostId", Rules.uuid());
          Value<UUID> site = fields.optional("siteId", Rules.uuid());
          Value<String> name = fields.optional("name", Names.host());
          Value<Host.Personality> personality =
              fields.optional("personality", Rules.oneOf(Host.Personality.class));
          Value<Long> valid =
              fields.optional("validForSeconds", Rules.integer(LEAST_SECONDS, MOST_SECONDS));
          Value<Boolean> replace = fields.optional("replace", Rules.bool());
          boolean known = host.orNull() != null;
          boolean named = site.orNull() != null && name.orNull() != null;
          if (known == named) {
            fields.refuse("host.ambiguous", "hostId", "Give either hostId, or siteId and name.");
          }
          return () ->
              new TokenRequest(
                  host.orNull(),
                  site.orNull(),
                  name.orNull(),
                  personality.orNull(),
                  valid.orNull(),
                  replace.orNull());
        });
  }

  /** How another machine is to take a host's place. */
  record ReplacementRequest(@Nullable Long validForSeconds) {

    @Nullable Duration validFor() {
      return validForSeconds == null ? null : Duration.ofSeconds(validForSeconds);
    }
  }

  static ReplacementRequest replacement(@Nullable JsonNode body) {
    return Fields.bind(
        body,
        fields -> {
          Value<Long> valid =
              fields.optional("validForSeconds", Rules.integer(LEAST_SECONDS, MOST_SECONDS));
          return () -> new ReplacementRequest(valid.orNull());
        });
  }

  /**
   * Fields that are not known are ignored, for a newer agent may send them; what is wrong is not
   * echoed, for it may be a secret.
   */
  static EnrolmentRequest request(@Nullable JsonNode body) {
    try {
      EnrolmentRequest request =
          body == null ? null : Json.MAPPER.treeToValue(body, EnrolmentRequest.class);
      if (request != null && isWhole(request)) {
        return request;
      }
    } catch (JsonProcessingException e) {
      // Said below, without its words.
    }
    throw new Problem.Invalid("The body is no enrolment request.", List.of()).asException();
  }

  private static boolean isWhole(EnrolmentRequest request) {
    return Stream.<@Nullable String>of(
            request.tokenId(),
            request.tokenSecret(),
            request.signingKey(),
            request.encryptionKey(),
            request.proof(),
            request.agentVersion())
        .allMatch(
            text ->
                text != null
                    && text.length() <= LONGEST
                    && text.chars().noneMatch(Character::isISOControl));
  }

  /** Why a key is not to be trusted any more. */
  record Revocation(String reason) {}

  static Revocation revocation(@Nullable JsonNode body) {
    return Fields.bind(
        body,
        fields -> {
          Value<String> reason = fields.required("reason", Rules.text(1, 200));
          return () -> new Revocation(reason.get());
        });
  }
}
