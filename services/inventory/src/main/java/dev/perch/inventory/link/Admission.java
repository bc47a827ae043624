package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkMessage.Hello;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.inventory.enrolment.AgentKeyBook;
import dev.perch.inventory.enrolment.AgentKeyBook.AgentKey;
import dev.perch.inventory.enrolment.EnrolmentConfig;
import dev.perch.inventory.presence.Presences;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.outbox.Database;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets agents in: checks the proof, then the protocol, then opens the session. What is wrong with a
 * proof is not said.
 */
@ApplicationScoped
class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final int BATCH = 128;

  private final Database database;
  private final AgentKeyBook keys;
  private final Presences presences;
  private final SessionTable sessions;
  private final Alarms alarms;
  private final String server;
  private final Batcher<Application> applications;

  Admission(
      Database database,
      AgentKeyBook keys,
      Presences presences,
      SessionTable sessions,
      Alarms alarms,
      EnrolmentConfig config) {
    this.database = database;
    this.keys = keys;
    this.presences = presences;
    this.sessions = sessions;
    this.alarms = alarms;
    this.server = config.server();
    applications = new Batcher<>("link-admission", BATCH, this::decide);
  }

  CompletableFuture<Verdict> ask(Hello hello, String nonce, String address) {
    var application = new Application(hello, nonce, address, new CompletableFuture<>());
    applications.put(application);
    return application.verdict();
  }

  private void decide(List<Application> batch) {
    try {
      Map<Application, Verdict> verdicts =
          database.transaction(connection -> decide(connection, batch));
      batch.forEach(application -> application.verdict().complete(verdicts.get(application)));
    } catch (SQLException | RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("agents", batch.size())
          .log("Agents cannot be let in now");
      batch.forEach(
          application -> application.verdict().complete(new Verdict.Denied(LinkClose.BUSY)));
    }
  }

  private Map<Application, Verdict> decide(Connection connection, List<Application> batch)
      throws SQLException {
    Map<Application, Verdict> verdicts = new HashMap<>();
    Map<UUID, AgentKey> known =
        keys.active(connection, batch.stream().map(a -> a.hello().hostId()).distinct().toList());
    List<Application> proven = new ArrayList<>();
    Set<UUID> taken = new HashSet<>();
    for (Application application : batch) {
      UUID host = application.hello().hostId();
      @Nullable AgentKey key = known.get(host);
      if (key == null || !isProven(key, application)) {
        refused(application);
        verdicts.put(application, new Verdict.Denied(LinkClose.REFUSED));
      } else if (!isSpoken(application.hello().protocol())) {
        outdated(connection, application.hello());
        verdicts.put(application, new Verdict.Denied(LinkClose.OUTDATED));
      } else if (!taken.add(host)) {
        // Two at once: one is let in, and the other finds that out when it comes back.
        verdicts.put(application, new Verdict.Denied(LinkClose.BUSY));
      } else {
        proven.add(application);
        if (key.outdated()) {
          spoken(connection, host);
        }
      }
    }
    verdicts.putAll(sessions.open(connection, proven, presences.replica()));
    return verdicts;
  }

  private boolean isProven(AgentKey key, Application application) {
    Hello hello = application.hello();
    return LinkProof.isHello(
        key.signing(),
        hello.proof(),
        server,
        application.nonce(),
        hello.hostId(),
        hello.instance());
  }

  private static boolean isSpoken(int protocol) {
    return protocol >= LinkProtocol.OLDEST && protocol <= LinkProtocol.NEWEST;
  }

  private static void refused(Application application) {
    LOG.atWarn()
        .addKeyValue("host", application.hello().hostId())
        .addKeyValue("address", application.address())
        .log("Agent refused: no proof for this host");
  }

  /** Only who has proven to be the host's agent may raise an alarm for it. */
  private void outdated(Connection connection, Hello hello) throws SQLException {
    keys.outdated(connection, hello.hostId(), true);
    alarms.raise(
        "agent-outdated",
        hello.hostId().toString(),
        "The agent "
            + hello.agentVersion()
            + " speaks protocol version "
            + hello.protocol()
            + "; "
            + LinkProtocol.OLDEST
            + " to "
            + LinkProtocol.NEWEST
            + " are supported.");
  }

  private void spoken(Connection connection, UUID host) throws SQLException {
    keys.outdated(connection, host, false);
    alarms.clear("agent-outdated", host.toString());
  }

  @PreDestroy
  void close() {
    applications.close();
  }
}
