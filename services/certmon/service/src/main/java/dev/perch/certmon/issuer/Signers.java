package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.CaIssuer;
import dev.perch.certmon.issue.CaSettings;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.key.Keys;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.timeline.ResourceBook;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Issuers that can sign, made of what is kept about them. */
public final class Signers {
  private final ResourceBook<Issuer> issuers;
  private final Keys keys;
  private final Optional<URI> publicUrl;
  private final Clock clock;
  private final RemoteIssuers remote;
  private final Map<UUID, Opened> opened = new ConcurrentHashMap<>();

  private record Opened(String chain, CaIssuer issuer) {}

  public Signers(
      ResourceBook<Issuer> issuers,
      Keys keys,
      IssuerSecrets secrets,
      Optional<URI> publicUrl,
      Clock clock) {
    this.remote = new RemoteIssuers(keys, secrets, clock);
    this.issuers = issuers;
    this.keys = keys;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  public Optional<Issuer> find(Connection connection, UUID id) throws SQLException {
    return issuers.find(connection, id);
  }

  /**
   * Whoever signs for many. It stays open for others that use it.
   *
   * @throws SQLException also if it is not ready
   */
  public dev.perch.certmon.issue.Issuer open(Connection connection, Issuer issuer)
      throws SQLException {
    return isElsewhere(issuer) ? remote.open(connection, issuer) : ca(connection, issuer);
  }

  /** Whether its key is not ours. */
  public static boolean isElsewhere(Issuer issuer) {
    return issuer.acme() != null || issuer.csrApi() != null;
  }

  /** Whether anybody who asks learns of what it has revoked. */
  public static boolean canRevoke(Issuer issuer) {
    Issuer.CsrApi api = issuer.csrApi();
    return issuer.ca() != null || issuer.acme() != null || (api != null && api.revoking() != null);
  }

  /**
   * A CA of ours. Its key is opened once in the life of this process.
   *
   * @throws SQLException also if it has no key or certificate yet
   */
  CaIssuer ca(Connection connection, Issuer issuer) throws SQLException {
    Issuer.Authority authority = issuer.authority();
    Issuer.Ca ca = issuer.ca();
    if (authority == null || ca == null) {
      throw new SQLException("issuer " + issuer.id() + " is not ready");
    }
    Opened known = opened.get(issuer.id());
    if (known != null && known.chain().equals(authority.chain())) {
      return known.issuer();
    }
    UUID key =
        IssuerKeys.find(connection, issuer.id())
            .orElseThrow(() -> new SQLException("issuer " + issuer.id() + " has no key"))
            .keyId();
    KeyPair pair = keys.open(connection, key);
    var settings =
        new CaSettings(
            Chain.fromPem(authority.chain()),
            ca.longestLife(),
            publicUrl.map(url -> List.of(listOf(url, issuer.id()))).orElse(List.of()),
            List.of());
    var made = new CaIssuer(settings, pair.getPrivate(), clock);
    opened.put(issuer.id(), new Opened(authority.chain(), made));
    return made;
  }

  /** Whom the users of what it signs trust. */
  public static Set<X509Certificate> anchors(Issuer issuer) {
    return Anchors.of(issuer);
  }

  /** As {@link #anchors}; empty if it names none of its own. */
  public static Optional<Chain> ownAnchors(Issuer issuer) {
    boolean named =
        issuer.authority() != null
            || issuer.csrApi() != null
            || (issuer.acme() != null && issuer.acme().anchors() != null);
    return named ? Optional.of(new Chain(List.copyOf(anchors(issuer)))) : Optional.empty();
  }

  static URI listOf(URI publicUrl, UUID issuer) {
    return publicUrl.resolve("/crl/" + issuer + ".crl");
  }
}
