package dev.perch.certmon.issue;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNotSupportedException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * A client of an ACME server (RFC 8555), with IP identifiers (RFC 8738), profiles, external account
 * binding and renewal information (RFC 9773).
 *
 * <p>The account is made when it is first needed, and again when the server has lost it; then
 * orders that it had are gone, and begin anew.
 */
public final class AcmeIssuer implements Issuer {
  private final AcmeSettings settings;
  private final AcmeAccount account;
  private final AcmeFailures failures;
  private final AcmeChallenges challenges;
  private final AcmeOrder orders;
  private final Clock clock;

  /**
   * @param key the account's key: it is the account
   * @param solvers those that come first are preferred
   */
  public AcmeIssuer(
      AcmeSettings settings, KeyPair key, List<ChallengeSolver> solvers, Clock clock) {
    this.settings = settings;
    this.account = new AcmeAccount(settings, key);
    this.failures = new AcmeFailures(settings.directory(), clock);
    this.challenges = new AcmeChallenges(solvers);
    this.orders = new AcmeOrder(settings, challenges, failures, clock);
    this.clock = clock;
  }

  @Override
  public Step advance(CertificateRequest request, Issuance state) {
    States.require(!(state instanceof Issuance.Issued), state);
    Optional<Failure> objection = Names.objection(request);
    if (objection.isPresent()) {
      return new Step.Failed(state, objection.get());
    }
    try {
      return account.call(login -> orders.advance(login, request, state));
    } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException e) {
      Failure failure = failures.of(e);
      return AcmeFailures.isAccountLost(e)
          ? new Step.Failed(
              new Issuance.Requested(), new Failure.Transient("account-lost", failure.detail()))
          : new Step.Failed(state, failure);
    }
  }

  /**
   * When the server would like a certificate to be renewed.
   *
   * @return empty if it has no opinion, or cannot have one
   * @throws IOException if it could not be asked
   */
  public Optional<RenewalWindow> renewalInfo(Chain chain) throws IOException {
    if (chain.renewalId().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(account.call(login -> window(login.bindRenewalInfo(chain.leaf()))));
    } catch (AcmeNotSupportedException e) {
      return Optional.empty();
    } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException e) {
      throw new IOException(failures.of(e).detail(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(settings.directory() + " suggests " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Failure> revoke(Chain chain, RevocationReason reason) {
    try {
      return account.call(
          login -> {
            Certificate.revoke(
                login, chain.leaf(), org.shredzone.acme4j.RevocationReason.code(reason.code()));
            return Optional.empty();
          });
    } catch (AcmeServerException e) {
      return AcmeFailures.code(e.getProblem()).equals("alreadyRevoked")
          ? Optional.empty()
          : Optional.of(failures.of(e));
    } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException e) {
      return Optional.of(failures.of(e));
    }
  }

  @Override
  public Optional<Failure> reach() {
    try {
      return account.anonymously(
          session -> {
            session.purgeDirectoryCache();
            var _ = session.getMetadata();
            return Optional.empty();
          });
    } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException e) {
      return Optional.of(failures.of(e));
    }
  }

  /** Reads the directory, makes no account; and asks those that it proves names with. */
  @Override
  public List<Finding> check() {
    return Stream.concat(ofServer().stream(), challenges.check().stream()).toList();
  }

  private List<Finding> ofServer() {
    try {
      return account.anonymously(
          session -> {
            session.purgeDirectoryCache();
            return findings(session);
          });
    } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException e) {
      Failure failure = failures.of(e);
      return List.of(
          new Finding(
              failure.code(),
              failure.detail(),
              "see that the directory's URL is right, that the server runs, and that its"
                  + " certificate is trusted"));
    }
  }

  @Override
  public void close() {
    account.close();
  }

  private RenewalWindow window(RenewalInfo info) throws AcmeException {
    Optional<Instant> retryAfter = info.fetch();
    Duration askAgain = retryAfter.map(at -> Duration.between(clock.instant(), at)).orElse(null);
    return new RenewalWindow(
        info.getSuggestedWindowStart(),
        info.getSuggestedWindowEnd(),
        info.getExplanation().map(AcmeIssuer::uri).orElse(null),
        RenewalWindow.clamp(askAgain));
  }

  private List<Finding> findings(Session session) throws AcmeException {
    List<Finding> findings = new ArrayList<>();
    Metadata metadata = session.getMetadata();
    if (metadata.isExternalAccountRequired() && settings.external() == null) {
      findings.add(
          new Finding(
              "externalAccountRequired",
              "accounts of this server are bound to others",
              "get a key id and a MAC key from the authority and configure them"));
    }
    if (metadata.getTermsOfService().isPresent() && !settings.termsAgreed()) {
      findings.add(
          new Finding(
              "terms",
              "nobody has agreed to " + metadata.getTermsOfService().get(),
              "read them, and configure that they are agreed to"));
    }
    return findings;
  }

  static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new AcmeProtocolException("not a URI: " + url, e);
    }
  }
}
