package dev.perch.agent.link;

import dev.perch.agent.link.Connection.Event;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkMessage.Ack;
import dev.perch.contract.link.LinkMessage.Beat;
import dev.perch.contract.link.LinkMessage.Challenge;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Digests;
import dev.perch.contract.link.LinkMessage.FromServer;
import dev.perch.contract.link.LinkMessage.Hello;
import dev.perch.contract.link.LinkMessage.Moved;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.contract.link.LinkMessage.Resync;
import dev.perch.contract.link.LinkMessage.Welcome;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session over one connection, from the server's challenge to the end. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  /**
   * Who speaks.
   *
   * @param instance this process
   */
  record Speaker(UUID hostId, UUID instance, KeyPair signing, String version) {}

  /** How a session ended. */
  sealed interface End {
    /**
     * @param close the server's word for it, if it had one
     */
    record Lost(@Nullable LinkClose close, String reason) implements End {}

    /** The server ends and wants the agent back within this time. */
    record MovedAway(Duration within) implements End {}

    /** The agent wants to end it. */
    record LeftByChoice() implements End {}
  }

  private final Connection connection;
  private final Speaker speaker;
  private final Mailbox mailbox;
  private final HostSide host;
  private boolean welcomed;

  Session(Connection connection, Speaker speaker, Mailbox mailbox, HostSide host) {
    this.connection = connection;
    this.speaker = speaker;
    this.mailbox = mailbox;
    this.host = host;
  }

  /**
   * @param server the name it must have
   * @param onWelcome called once the server has let the agent in
   * @param leave whether the agent wants to end it; asked after each event
   */
  End run(String server, Runnable onWelcome, BooleanSupplier leave)
      throws IOException, InterruptedException {
    try {
      Challenge challenge = expect(Challenge.class);
      if (!challenge.server().equals(server)) {
        return new End.Lost(null, "the server has another name: " + challenge.server());
      }
      mailbox.newSession();
      connection.send(hello(challenge));
      Welcome welcome = expect(Welcome.class);
      welcomed = true;
      LOG.atInfo().addKeyValue("session", welcome.session()).log("The link is open");
      onWelcome.run();
      mailbox.onArrival(connection::wake);
      return serve(welcome, leave);
    } catch (Ended e) {
      return e.end;
    } finally {
      mailbox.onArrival(() -> {});
    }
  }

  boolean wasWelcomed() {
    return welcomed;
  }

  private Hello hello(Challenge challenge) {
    int common = Math.min(LinkProtocol.NEWEST, challenge.newest());
    boolean understood = common >= Math.max(LinkProtocol.OLDEST, challenge.oldest());
    return new Hello(
        understood ? common : LinkProtocol.NEWEST,
        speaker.hostId(),
        speaker.instance(),
        LinkProof.ofHello(
            speaker.signing().getPrivate(),
            challenge.server(),
            challenge.nonce(),
            speaker.hostId(),
            speaker.instance()),
        speaker.version(),
        host.digests(),
        host.documents());
  }

  private End serve(Welcome welcome, BooleanSupplier leave)
      throws IOException, InterruptedException {
    long beatEvery = Duration.ofMillis(Math.max(10, welcome.beatEveryMillis())).toNanos();
    Duration silence = Duration.ofMillis(Math.max(1000, 3 * welcome.pingEveryMillis()));
    long digestsEvery = LinkProtocol.DIGESTS_EVERY.toNanos();
    long nextBeat = System.nanoTime();
    long nextDigests = nextBeat + digestsEvery;
    while (true) {
      long now = System.nanoTime();
      if (nextBeat - now <= 0) {
        connection.send(new Beat());
        // Not from now: a late one does not delay the others. Missed ones are not made up for.
        nextBeat = Math.max(nextBeat + beatEvery, now);
      }
      if (nextDigests - now <= 0) {
        connection.send(new Digests(host.digests()));
        nextDigests = now + digestsEvery;
      }
      sendReports();
      if (connection.silence().compareTo(silence) > 0) {
        return new End.Lost(null, "the server has said nothing for " + silence.toMillis() + " ms");
      }
      Event event = connection.poll(nextBeat - System.nanoTime());
      if (leave.getAsBoolean()) {
        return new End.LeftByChoice();
      }
      End end = handle(event);
      if (end != null) {
        return end;
      }
    }
  }

  private void sendReports() throws IOException, InterruptedException {
    for (Optional<Report> report = mailbox.next(); report.isPresent(); report = mailbox.next()) {
      connection.send(report.get());
    }
  }

  private @Nullable End handle(@Nullable Event event) {
    return switch (event) {
      case null -> null;
      case Event.Wake wake -> null;
      case Event.Closed closed -> new End.Lost(closed.close(), closed.reason());
      case Event.Message(FromServer message) -> handle(message);
    };
  }

  private @Nullable End handle(FromServer message) {
    return switch (message) {
      case Ack ack -> {
        ack.refused()
            .forEach(
                refusal ->
                    LOG.atWarn()
                        .addKeyValue("code", refusal.code())
                        .addKeyValue("detail", refusal.detail())
                        .log("A report was refused"));
        mailbox.confirmed(ack.upTo());
        yield null;
      }
      case Desired desired -> {
        host.desired(desired);
        yield null;
      }
      case Resync resync -> {
        mailbox.asked(resync.facets());
        yield null;
      }
      case Moved moved -> new End.MovedAway(Duration.ofMillis(Math.max(1, moved.withinMillis())));
      // Once is enough.
      case Challenge challenge -> null;
      case Welcome welcome -> null;
    };
  }

  /** The next message, which must be of this type. */
  private <T extends FromServer> T expect(Class<T> type) throws InterruptedException, Ended {
    long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
    while (true) {
      Event event = connection.poll(deadline - System.nanoTime());
      switch (event) {
        case null ->
            throw new Ended(new End.Lost(null, "no " + type.getSimpleName() + " from the server"));
        case Event.Wake wake -> {}
        case Event.Closed closed -> throw new Ended(new End.Lost(closed.close(), closed.reason()));
        case Event.Message(FromServer message) -> {
          if (type.isInstance(message)) {
            return type.cast(message);
          }
          throw new Ended(new End.Lost(null, "not a " + type.getSimpleName() + " from the server"));
        }
      }
    }
  }

  /** The session ended before it began. */
  private static final class Ended extends Exception {
    private static final long serialVersionUID = 1;
    private final transient End end;

    Ended(End end) {
      super(null, null, false, false);
      this.end = end;
    }
  }
}
