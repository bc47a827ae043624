package dev.perch.contract.certmon;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.contract.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs certificates: the REST resource and the value on {@code
 * perch.certmon.issuers}. Its keys and credentials are never shown.
 *
 * @param id UUIDv7, never reused
 * @param name unique
 * @param kind null if the writer is newer and uses a word this reader does not know
 * @param ca what is wanted of a CA whose key Perch keeps; null for other kinds
 * @param state observed
 * @param authority observed: the CA's own certificate, once there is one
 * @param failure what is wrong, as long as it is
 * @param version gap-free, starts at 1
 */
public record Issuer(
    UUID id,
    String name,
    @Nullable String description,
    Map<String, String> labels,
    @Nullable Kind kind,
    @Nullable Ca ca,
    @Nullable State state,
    @Nullable Authority authority,
    @Nullable Failure failure,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  public Issuer {
    labels = Map.copyOf(labels);
  }

  /** An issuer signs for all sites. */
  @Override
  public @Nullable UUID siteId() {
    return null;
  }

  /** Who signs. */
  public enum Kind {
    /** Each certificate is signed with its own key. */
    SELF_SIGNED,
    /** A CA whose key Perch keeps. */
    CA
  }

  /** Whether it can sign. */
  public enum State {
    /** It is being made ready. */
    PENDING,
    READY,
    /** Its own certificate has run out. */
    EXPIRED
  }

  /**
   * A CA whose key is made and kept, sealed, by Perch.
   *
   * @param subject its common name
   * @param key what its key is made of
   * @param life of its own certificate
   * @param longestLife of the certificates it signs
   * @param pathLength how many CAs may follow it in a chain; null for any number
   * @param permitted domains and networks it may sign for: {@code edge.example}, {@code
   *     192.0.2.0/24}; empty for all
   * @param excluded domains and networks it may not sign for
   */
  public record Ca(
      String subject,
      @Nullable KeyAlgorithm key,
      @JsonFormat(shape = JsonFormat.Shape.STRING) Duration life,
      @JsonFormat(shape = JsonFormat.Shape.STRING) Duration longestLife,
      @Nullable Integer pathLength,
      List<String> permitted,
      List<String> excluded) {

    public Ca {
      permitted = List.copyOf(permitted);
      excluded = List.copyOf(excluded);
    }
  }

  /**
   * The certificate of a CA.
   *
   * @param subject its distinguished name
   * @param serial in hexadecimal
   * @param keyId its subject key identifier in hexadecimal
   * @param chain PEM, its own first
   */
  public record Authority(
      String subject,
      String serial,
      String keyId,
      Instant notBefore,
      Instant notAfter,
      String chain) {}
}
