package dev.perch.certmon.issue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.challenge.TokenChallenge;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which solver answers which challenge. */
final class AcmeChallenges {
  private static final Logger LOG = LoggerFactory.getLogger(AcmeChallenges.class);

  private final List<ChallengeSolver> solvers;

  AcmeChallenges(List<ChallengeSolver> solvers) {
    this.solvers = List.copyOf(solvers);
  }

  /** What is in the way of those that are there, and whether there are none. */
  List<Finding> check() {
    return solvers.isEmpty()
        ? List.of(
            new Finding(
                "no-solver", "no challenge can be answered", "configure at least one solver"))
        : solvers.stream().flatMap(solver -> solver.check().stream()).toList();
  }

  /**
   * The first solver that can answer one of the challenges decides.
   *
   * @param ours what we want to prove: a server may not make us prove anything else
   */
  Optional<Challenge> choose(Authorization authorization, Set<SubjectName> ours) {
    SubjectName name = name(authorization);
    SubjectName asked = authorization.isWildcard() ? SubjectName.dns("*." + name.value()) : name;
    if (!ours.contains(asked)) {
      throw new AcmeProtocolException("the server wants a proof for " + asked);
    }
    for (ChallengeSolver solver : solvers) {
      if (solver.type().proves(asked) && solver.answersFor(name)) {
        Optional<TokenChallenge> theirs =
            authorization.findChallenge(type(solver.type())).map(TokenChallenge.class::cast);
        if (theirs.isPresent()) {
          return theirs.map(found -> challenge(authorization, solver.type(), name, found));
        }
      }
    }
    return Optional.empty();
  }

  void present(List<Challenge> challenges) throws IOException {
    for (Challenge challenge : challenges) {
      solver(challenge).present(challenge);
    }
  }

  boolean areVisible(List<Challenge> challenges) throws IOException {
    for (Challenge challenge : challenges) {
      if (!solver(challenge).isVisible(challenge)) {
        return false;
      }
    }
    return true;
  }

  /** An answer that stays is untidy and harms nobody: the token is spent. */
  void remove(List<Challenge> challenges) {
    for (Challenge challenge : challenges) {
      try {
        solver(challenge).remove(challenge);
      } catch (IOException e) {
        LOG.atWarn()
            .addKeyValue("challenge", challenge.type())
            .addKeyValue("name", challenge.name())
            .setCause(e)
            .log("The answer to a challenge could not be removed");
      }
    }
  }

  private ChallengeSolver solver(Challenge challenge) throws IOException {
    return solvers.stream()
        .filter(each -> each.type() == challenge.type() && each.answersFor(challenge.name()))
        .findFirst()
        .orElseThrow(() -> new IOException("no solver for " + challenge.type() + " any more"));
  }

  private static Challenge challenge(
      Authorization authorization, ChallengeType type, SubjectName name, TokenChallenge theirs) {
    String keyAuthorization = theirs.getAuthorization();
    return new Challenge(
        AcmeIssuer.uri(authorization.getLocation()),
        AcmeIssuer.uri(theirs.getLocation()),
        type,
        name,
        keyAuthorization.substring(0, keyAuthorization.lastIndexOf('.')),
        keyAuthorization);
  }

  private static SubjectName name(Authorization authorization) {
    Identifier identifier = authorization.getIdentifier();
    try {
      return identifier.getType().equals(Identifier.TYPE_IP)
          ? SubjectName.ip(identifier.getValue())
          : SubjectName.dns(identifier.getValue());
    } catch (IllegalArgumentException e) {
      throw new AcmeProtocolException("no name: " + identifier, e);
    }
  }

  private static Class<? extends TokenChallenge> type(ChallengeType type) {
    return switch (type) {
      case HTTP_01 -> Http01Challenge.class;
      case DNS_01 -> Dns01Challenge.class;
      case TLS_ALPN_01 -> TlsAlpn01Challenge.class;
    };
  }
}
