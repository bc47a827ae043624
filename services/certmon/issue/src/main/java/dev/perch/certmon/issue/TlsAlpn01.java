package dev.perch.certmon.issue;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers tls-alpn-01 (RFC 8737) from the memory of this process, on a port of its own.
 *
 * <p>Where several replicas answer, each has an {@link AlpnResponder} that looks into the {@link
 * Issuance.Challenged} and {@link Issuance.Triggered} that are stored for all of them.
 */
public final class TlsAlpn01 implements ChallengeSolver, AutoCloseable {
  private final Map<SubjectName, Challenge> challenges = new ConcurrentHashMap<>();
  private final AlpnResponder responder;

  /**
   * Listens at once.
   *
   * @param address port 0 for any
   */
  public TlsAlpn01(InetSocketAddress address, Clock clock) {
    this.responder =
        new AlpnResponder(address, clock, name -> Optional.ofNullable(challenges.get(name)));
  }

  public int port() {
    return responder.port();
  }

  @Override
  public ChallengeType type() {
    return ChallengeType.TLS_ALPN_01;
  }

  @Override
  public void present(Challenge challenge) {
    challenges.put(challenge.name(), challenge);
  }

  @Override
  public void remove(Challenge challenge) {
    challenges.remove(challenge.name());
  }

  @Override
  public void close() {
    responder.close();
  }
}
