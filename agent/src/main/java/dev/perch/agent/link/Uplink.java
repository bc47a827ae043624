package dev.perch.agent.link;

import dev.perch.agent.link.Session.End;
import dev.perch.agent.link.Session.Speaker;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the link: connects, serves a session, waits a little, connects again, for ever. Settings
 * that were proposed are tried first, and in turn with those that have worked, until they get a
 * welcome.
 */
public final class Uplink implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

  private static final Duration LOOK_FOR_MEMBERSHIP = Duration.ofSeconds(2);

  private final LinkState state;
  private final Transport transport;
  private final Mailbox mailbox;
  private final HostSide host;
  private final String version;
  private final UUID instance = UUID.randomUUID();
  private final Backoff backoff;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition proposal = lock.newCondition();
  private boolean proposed;

  /** The client of the last settings; it keeps threads, so there is one at a time. */
  private @Nullable HttpClient client;

  private @Nullable LinkSettings clientSettings;

  public Uplink(
      LinkState state,
      Transport transport,
      Mailbox mailbox,
      HostSide host,
      String version,
      RandomGenerator random) {
    this.state = state;
    this.transport = transport;
    this.mailbox = mailbox;
    this.host = host;
    this.version = version;
    this.backoff = new Backoff(random);
  }

  /** Settings were proposed: the present session is left to try them. */
  public void tryProposal() {
    lock.lock();
    try {
      proposed = true;
      proposal.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Until it is interrupted. Waits for the host to be enrolled, which another process may do. */
  @Override
  public void run() {
    try {
      boolean tryCandidate = true;
      while (true) {
        Membership membership = awaitMembership();
        Speaker speaker = new Speaker(membership.hostId(), instance, state.signing(), version);
        Optional<LinkSettings> candidate = state.candidate();
        LinkSettings settings =
            tryCandidate && candidate.isPresent() ? candidate.get() : state.current().orElseThrow();
        tryCandidate = connect(settings, speaker) || !tryCandidate;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      release();
    }
  }

  private Membership awaitMembership() throws InterruptedException {
    Optional<Membership> membership = state.membership();
    if (membership.isEmpty()) {
      LOG.atInfo().log("The host is not enrolled yet: perch-agent enrol");
    }
    while (membership.isEmpty()) {
      await(LOOK_FOR_MEMBERSHIP);
      membership = state.membership();
    }
    return membership.get();
  }

  /** Tries the endpoints in their order and waits at the end; answers whether one let us in. */
  private boolean connect(LinkSettings settings, Speaker speaker) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (URI endpoint : settings.endpoints()) {
      try (Connection connection = Connection.open(client(settings), endpoint)) {
        Session session = new Session(connection, speaker, mailbox, host);
        forgetProposal();
        End end = session.run(settings.server(), () -> proven(settings), this::isProposed);
        if (session.wasWelcomed()) {
          pause(end, endpoint);
          return true;
        }
        failures.add(endpoint + ": " + describe(end));
      } catch (IOException | UncheckedIOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        failures.add(endpoint + ": " + e.getMessage());
      }
    }
    Duration wait = backoff.next();
    LOG.atWarn()
        .addKeyValue("reasons", failures)
        .addKeyValue("againInMillis", wait.toMillis())
        .log("No link");
    await(wait);
    return false;
  }

  private void proven(LinkSettings settings) {
    backoff.reset();
    state.proven(settings);
    host.linkProven();
  }

  private void pause(End end, URI endpoint) throws InterruptedException {
    LOG.atInfo()
        .addKeyValue("endpoint", endpoint)
        .addKeyValue("reason", describe(end))
        .log("The link has ended");
    switch (end) {
      case End.LeftByChoice left -> {}
      case End.MovedAway moved -> await(backoff.below(moved.within()));
      case End.Lost lost -> {
        if (lost.close() == LinkClose.SUPERSEDED || lost.close() == LinkClose.REVOKED) {
          backoff.atOnceToTheLast();
        }
        await(backoff.next());
      }
    }
  }

  private static String describe(End end) {
    return switch (end) {
      case End.Lost lost -> lost.close() == null ? lost.reason() : lost.close().name();
      case End.MovedAway moved -> "moved";
      case End.LeftByChoice left -> "to try other settings";
    };
  }

  private HttpClient client(LinkSettings settings) {
    HttpClient kept = client;
    if (kept == null || !settings.equals(clientSettings)) {
      release();
      kept = transport.client(settings.pins());
      client = kept;
      clientSettings = settings;
    }
    return kept;
  }

  private void release() {
    HttpClient kept = client;
    if (kept != null) {
      kept.shutdownNow();
      client = null;
    }
  }

  private void await(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = time.toNanos();
      while (left > 0 && !proposed) {
        left = proposal.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isProposed() {
    lock.lock();
    try {
      return proposed;
    } finally {
      lock.unlock();
    }
  }

  private void forgetProposal() {
    lock.lock();
    try {
      proposed = false;
    } finally {
      lock.unlock();
    }
  }
}
