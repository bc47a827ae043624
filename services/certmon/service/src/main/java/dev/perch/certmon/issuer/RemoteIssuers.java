package dev.perch.certmon.issuer;

import dev.perch.certmon.issue.AcmeIssuer;
import dev.perch.certmon.issue.AcmeSettings;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.ChallengeSolver;
import dev.perch.certmon.issue.ChallengeType;
import dev.perch.certmon.issue.CsrApiIssuer;
import dev.perch.certmon.issue.CsrApiSettings;
import dev.perch.certmon.issue.Dns01Update;
import dev.perch.certmon.issue.Dns01Webhook;
import dev.perch.certmon.key.Keys;
import dev.perch.contract.certmon.Issuer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Issuers elsewhere, made of what is kept about them. Each is made once per version in the life of
 * this process: it holds its connections and knows its account.
 */
final class RemoteIssuers {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Keys keys;
  private final IssuerSecrets secrets;
  private final Clock clock;
  private final Map<UUID, Opened> opened = new ConcurrentHashMap<>();

  /** An older version is not closed: others may be using it. */
  private record Opened(long version, dev.perch.certmon.issue.Issuer issuer) {}

  RemoteIssuers(Keys keys, IssuerSecrets secrets, Clock clock) {
    this.keys = keys;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * @throws SQLException also if it is not ready, or a secret is missing
   */
  dev.perch.certmon.issue.Issuer open(Connection connection, Issuer issuer) throws SQLException {
    Opened known = opened.get(issuer.id());
    if (known != null && known.version() == issuer.version()) {
      return known.issuer();
    }
    Map<Credential, String> open = secrets.open(connection, issuer.id());
    dev.perch.certmon.issue.Issuer made;
    if (issuer.acme() != null) {
      made = acme(issuer.acme(), account(connection, issuer), open);
    } else if (issuer.csrApi() != null) {
      made = csrApi(issuer.csrApi(), open);
    } else {
      throw new SQLException("issuer " + issuer.id() + " is not elsewhere");
    }
    opened.put(issuer.id(), new Opened(issuer.version(), made));
    return made;
  }

  private KeyPair account(Connection connection, Issuer issuer) throws SQLException {
    UUID key =
        IssuerKeys.find(connection, issuer.id())
            .orElseThrow(() -> new SQLException("issuer " + issuer.id() + " has no key"))
            .keyId();
    return keys.open(connection, key);
  }

  private AcmeIssuer acme(Issuer.Acme acme, KeyPair account, Map<Credential, String> open)
      throws SQLException {
    AcmeSettings settings =
        new AcmeSettings(
            acme.directory(),
            Anchors.read(acme.tlsAnchors()),
            acme.contacts().stream().map(URI::create).toList(),
            null,
            acme.termsAgreed(),
            false,
            AcmeSettings.DEFAULT_SESSIONS,
            TIMEOUT);
    if (acme.externalKeyId() != null) {
      settings =
          settings.boundTo(
              new AcmeSettings.ExternalAccount(
                  acme.externalKeyId(), need(open, Credential.EXTERNAL_MAC)));
    }
    return new AcmeIssuer(settings, account, solvers(acme.solvers(), open), clock);
  }

  /** The first that can answer for a name does. */
  private static List<ChallengeSolver> solvers(Issuer.Solvers wanted, Map<Credential, String> open)
      throws SQLException {
    List<ChallengeSolver> solvers = new ArrayList<>();
    Issuer.DnsUpdate update = wanted.dnsUpdate();
    if (update != null) {
      solvers.add(
          new Dns01Update(
              new Dns01Update.Zone(
                  update.zone(),
                  new InetSocketAddress(InetAddress.ofLiteral(update.server()), update.port()),
                  new Dns01Update.Key(
                      update.keyName(), update.keyAlgorithm(), need(open, Credential.TSIG_SECRET)),
                  TIMEOUT)));
    }
    if (wanted.dnsWebhook() != null) {
      solvers.add(
          new Dns01Webhook(
              new Dns01Webhook.Hook(
                  wanted.dnsWebhook(), open.get(Credential.WEBHOOK_TOKEN), Set.of(), TIMEOUT)));
    }
    if (wanted.http01()) {
      solvers.add(new StoredAnswers(ChallengeType.HTTP_01));
    }
    if (Boolean.TRUE.equals(wanted.tlsAlpn01())) {
      solvers.add(new StoredAnswers(ChallengeType.TLS_ALPN_01));
    }
    return solvers;
  }

  private static CsrApiIssuer csrApi(Issuer.CsrApi api, Map<Credential, String> open)
      throws SQLException {
    return new CsrApiIssuer(
        new CsrApiSettings(
            api.signing(),
            api.revoking(),
            api.label(),
            api.profile(),
            need(open, Credential.API_KEY),
            Chain.fromPem(api.chain()).certificates(),
            Anchors.read(api.tlsAnchors()),
            TIMEOUT));
  }

  private static String need(Map<Credential, String> open, Credential credential)
      throws SQLException {
    String secret = open.get(credential);
    if (secret == null) {
      throw new SQLException("a credential is missing: " + credential.field());
    }
    return secret;
  }
}
