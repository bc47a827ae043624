package dev.perch.contract.certmon;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.contract.Resource;
import java.net.URI;
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
 * @param acme an ACME server; null for other kinds
 * @param csrApi an authority behind an HTTP API; null for other kinds
 * @param rate how many orders it is given; null where nobody limits it
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
    @Nullable Acme acme,
    @Nullable CsrApi csrApi,
    @Nullable Rate rate,
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
    CA,
    /** An ACME server (RFC 8555). */
    ACME,
    /** An authority behind an HTTP API that takes CSRs, of CFSSL's dialect. */
    CSR_API
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
   * An ACME server. The key of the account there is made and kept, sealed, by Perch.
   *
   * @param directory the URL of its directory
   * @param contacts {@code mailto:} addresses of whoever answers for the account
   * @param termsAgreed whether its terms of service are agreed to
   * @param externalKeyId the account outside of ACME that ours is bound to; null for none
   * @param profile the server's name for a kind of certificate; null for its default
   * @param anchors PEM of the roots of what it signs; null for those of the service's JVM
   * @param tlsAnchors PEM of whom to trust as its server; null for those of the service's JVM
   * @param solvers how names are proven
   */
  public record Acme(
      URI directory,
      List<String> contacts,
      boolean termsAgreed,
      @Nullable String externalKeyId,
      @Nullable String profile,
      @Nullable String anchors,
      @Nullable String tlsAnchors,
      Solvers solvers) {

    public Acme {
      contacts = List.copyOf(contacts);
    }
  }

  /**
   * How names are proven to an ACME server: by {@code dnsUpdate} if they lie in its zone, else by
   * {@code dnsWebhook}, else by {@code http01}, else by {@code tlsAlpn01}.
   *
   * @param http01 whether the service itself answers http-01
   * @param dnsUpdate a zone that takes dynamic updates; null for none
   * @param dnsWebhook the base URL of a program that puts records into a zone; null for none
   * @param tlsAlpn01 whether the service itself answers tls-alpn-01 (RFC 8737); null for not
   */
  public record Solvers(
      boolean http01,
      @Nullable DnsUpdate dnsUpdate,
      @Nullable URI dnsWebhook,
      @Nullable Boolean tlsAlpn01) {}

  /**
   * A zone that takes dynamic updates (RFC 2136) signed with TSIG (RFC 8945).
   *
   * @param zone for example {@code edge.example}
   * @param server its primary server: an address
   * @param port of that server
   * @param keyName the name of the TSIG key
   * @param keyAlgorithm for example {@code hmac-sha256}
   */
  public record DnsUpdate(
      String zone, String server, int port, String keyName, String keyAlgorithm) {}

  /**
   * An authority behind an HTTP API of CFSSL's dialect.
   *
   * @param signing the base of the API that signs; ends with a slash
   * @param revoking the base of the one that revokes; null if there is none
   * @param label the authority among several; null for the only one
   * @param profile the API's name for a kind of certificate; null for its default
   * @param chain PEM of the certificate it signs with and those above it, the root last
   * @param tlsAnchors PEM of whom to trust as its server; null for those of the service's JVM
   */
  public record CsrApi(
      URI signing,
      @Nullable URI revoking,
      @Nullable String label,
      @Nullable String profile,
      String chain,
      @Nullable String tlsAnchors) {}

  /**
   * How many orders an issuer elsewhere is given, by all replicas together.
   *
   * @param orders at once at most, if none was made for so long
   * @param per the time in which so many are made
   */
  public record Rate(int orders, @JsonFormat(shape = JsonFormat.Shape.STRING) Duration per) {}

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
