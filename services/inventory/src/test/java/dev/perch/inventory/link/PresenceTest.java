package dev.perch.inventory.link;

import static dev.perch.inventory.Api.alarmStatus;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createFastSite;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.isCleared;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Catalogue;
import dev.perch.contract.link.LinkMessage;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class PresenceTest {
  /** As the tests have it configured. */
  private static final Duration WINDOW = Duration.ofSeconds(3);

  @Inject Database database;

  private final ScheduledExecutorService hearts = Executors.newScheduledThreadPool(1);
  private final List<TestAgent> agents = new ArrayList<>();

  @AfterEach
  void stop() {
    hearts.shutdownNow();
    agents.forEach(TestAgent::close);
  }

  /** Connects and beats until it is closed. */
  private TestAgent alive(TestAgent agent) {
    agents.add(agent);
    agent.welcomed();
    var _ =
        hearts.scheduleAtFixedRate(
            () -> {
              if (!agent.isClosed()) {
                agent.beat();
              }
            },
            0,
            50,
            TimeUnit.MILLISECONDS);
    return agent;
  }

  private TestAgent alive(UUID host) {
    TestAgent agent = alive(TestAgent.enrolled(host));
    awaitAvailability(host, "AVAILABLE");
    return agent;
  }

  private static void awaitAvailability(UUID host, String word) {
    Awaitility.await("host " + host + " " + word)
        .atMost(Duration.ofSeconds(20))
        .until(() -> availability(host).equals(word));
  }

  private static String availability(UUID host) {
    return asViewer().get("/v1/hosts/" + host).path("state.availability");
  }

  @Test
  void aSilentHostIsDegradedThenOfflineAndComesBack() {
    UUID host = createHost(createFastSite());
    TestAgent agent = alive(host);

    agent.close();

    awaitAvailability(host, "OFFLINE");
    Awaitility.await().until(() -> alarmStatus("host-offline", host) == 200);
    Awaitility.await().until(() -> isCleared("host-degraded", host));
    alive(agent.again());
    awaitAvailability(host, "AVAILABLE");
    Awaitility.await().until(() -> isCleared("host-offline", host));
    List<Event> changes = Events.await(Catalogue.HOSTS.log().name(), host, 6);
    assertThatEvents(changes).matchTheirSchemas().areGapFreePerKey();
    assertThat(changes.stream().skip(2))
        .extracting(
            e -> Objects.requireNonNull(e.value()).at("/after/state/availability").textValue())
        .containsExactly("AVAILABLE", "DEGRADED", "OFFLINE", "AVAILABLE");
    assertThat(Objects.requireNonNull(changes.get(4).value()).at("/cause/operation").textValue())
        .isEqualTo("host.presence");
  }

  @Test
  void aHostThatReconnectsInTimeWasNeverAway() {
    UUID host = createHost(createFastSite());
    TestAgent agent = alive(host);

    agent.close();
    TestAgent again = alive(agent.again());

    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(() -> !again.isClosed());
    assertThat(asViewer().get("/v1/hosts/" + host).<Integer>path("version"))
        .isIn(3, 5); // 5: on a busy machine three beats may be missed on the way
    assertThat(availability(host)).isEqualTo("AVAILABLE");
  }

  @Test
  void aSiteWhoseAgentsFallSilentAtOnceIsOneAlarmAndItsHostsAreUnknown() {
    UUID site = createFastSite();
    List<UUID> hosts = List.of(createHost(site), createHost(site), createHost(site));
    List<TestAgent> before = hosts.stream().map(this::alive).toList();

    before.forEach(TestAgent::close);

    hosts.forEach(host -> awaitAvailability(host, "UNKNOWN"));
    Awaitility.await().until(() -> alarmStatus("site-unreachable", site) == 200);
    assertThat(asViewer().get("/v1/sites/" + site).<String>path("unreachableSince")).isNotNull();
    hosts.forEach(host -> assertThat(alarmStatus("host-offline", host)).isEqualTo(404));

    alive(before.getFirst().again());

    awaitAvailability(hosts.getFirst(), "AVAILABLE");
    Awaitility.await().until(() -> isCleared("site-unreachable", site));
    assertThat(asViewer().get("/v1/sites/" + site).<String>path("unreachableSince")).isNull();
    hosts.stream().skip(1).forEach(host -> awaitAvailability(host, "OFFLINE"));
    assertThat(
            Events.await(Catalogue.SITES.log().name(), site, 3).stream()
                .filter(e -> Objects.requireNonNull(e.value()).at("/changed").size() == 1))
        .extracting(e -> Objects.requireNonNull(e.value()).at("/changed/0").textValue())
        .contains("/unreachableSince", "/unreachableSince");
  }

  @Test
  void oneHostOfSeveralIsOfflineByItself() {
    UUID site = createFastSite();
    List<UUID> hosts = List.of(createHost(site), createHost(site), createHost(site));
    List<TestAgent> all = hosts.stream().map(this::alive).toList();

    all.getFirst().close();

    awaitAvailability(hosts.getFirst(), "OFFLINE");
    assertThat(alarmStatus("site-unreachable", site)).isEqualTo(404);
    assertThat(availability(hosts.getLast())).isEqualTo("AVAILABLE");
  }

  @Test
  void theHostsOfADeadReplicaHaveTheWindowToConnectToAnother() throws SQLException {
    UUID lost = createHost(createFastSite());
    UUID saved = createHost(createFastSite());
    alive(lost).close();
    TestAgent before = alive(saved);
    before.close();
    belongsToADeadReplica(lost);
    belongsToADeadReplica(saved);

    TestAgent agent = alive(before.again());

    awaitAvailability(lost, "OFFLINE");
    assertThat(availability(saved)).isEqualTo("AVAILABLE");
    assertThat(agent.isClosed()).isFalse();
  }

  @Test
  void whileHellosWaitNobodyIsJudgedForNotHavingConnected() throws Exception {
    UUID slow = createHost(createFastSite());
    UUID late = createHost(createFastSite());
    TestAgent waiting = TestAgent.enrolled(slow);
    TestAgent before = alive(late);
    before.close();
    try (var locked = new KeyLock(slow)) {
      agents.add(waiting);
      waiting.connect().hello(waiting.challenge());
      belongsToADeadReplica(late);

      Awaitility.await("longer than the window")
          .during(WINDOW.plusSeconds(2))
          .atMost(WINDOW.multipliedBy(3))
          .until(() -> !availability(late).equals("OFFLINE"));
      TestAgent again = before.again().connect();
      agents.add(again);
      again.hello(again.challenge());
      locked.close();

      again.await(LinkMessage.Welcome.class);
      assertThat(availability(late)).isNotEqualTo("OFFLINE");
    }
  }

  @Test
  void aHostThatIsGoneIsJudgedThoughHellosWaitForEver() throws Exception {
    UUID slow = createHost(createFastSite());
    UUID lost = createHost(createFastSite());
    TestAgent waiting = TestAgent.enrolled(slow);
    alive(lost).close();
    try (var locked = new KeyLock(slow)) {
      agents.add(waiting);
      waiting.connect().hello(waiting.challenge());
      belongsToADeadReplica(lost);

      awaitAvailability(lost, "OFFLINE");

      assertThat(locked.isHeld()).isTrue();
    }
  }

  /** While it is open, whoever lets the host's agent in waits. */
  private final class KeyLock implements AutoCloseable {
    private final Connection connection;

    KeyLock(UUID host) throws SQLException {
      connection = database.source().getConnection();
      connection.setAutoCommit(false);
      try (var lock =
          connection.prepareStatement("select from agent_key where host_id = ? for update")) {
        lock.setObject(1, host);
        lock.executeQuery();
      }
    }

    boolean isHeld() throws SQLException {
      return connection.isValid(1);
    }

    @Override
    public void close() throws SQLException {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.close();
      }
    }
  }

  /** As a replica leaves it that was killed while the host was connected. */
  private void belongsToADeadReplica(UUID host) throws SQLException {
    database.run(
        connection -> {
          try (var statement = connection.createStatement()) {
            UUID dead = UUID.randomUUID();
            statement.executeUpdate(
                "insert into link_replica values ('"
                    + dead
                    + "', now(), now() - interval '1 hour')");
            statement.executeUpdate(
                "update link_session set number = number + 1, replica = '"
                    + dead
                    + "' where host_id = '"
                    + host
                    + "'");
          }
        });
  }
}
