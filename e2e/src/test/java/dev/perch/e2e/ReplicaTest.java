package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two replicas of inventory are one service. */
class ReplicaTest {
  private final Perch perch = Perch.running();

  @Test
  void aWatcherThatReconnectsToTheOtherReplicaMissesNothing() {
    var one = perch.inventories().get(0);
    var other = perch.inventories().get(1);
    UUID site = perch.createSite(one);
    String path = "/v1/hosts?watch=true&site=" + site;

    String cursor;
    try (var watch = Watch.open(Perch.uri(other, path), perch.token(), "")) {
      perch.createHost(one, site, "before");
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> watch.received().size() == 1);
      cursor = watch.received().getFirst().id();
    }
    UUID between = perch.createHost(one, site, "between");

    try (var watch = Watch.open(Perch.uri(one, path), perch.token(), cursor)) {
      UUID after = perch.createHost(other, site, "after");
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> watch.received().size() == 2);
      assertThat(watch.received())
          .extracting(Watch.Sent::type)
          .containsOnly("dev.perch.inventory.host.created.v1");
      assertThat(watch.received().get(0).data()).contains(between.toString());
      assertThat(watch.received().get(1).data()).contains(after.toString());
    }
  }

  @Test
  void whenOneIsKilledTheOtherPublishesWithinTenSeconds() {
    var killed = perch.inventories().get(0);
    var other = perch.inventories().get(1);
    UUID site = perch.createSite(killed);

    Perch.signal("KILL", killed.pid());
    UUID host = perch.createHost(other, site, "survivor");

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Events.onBroker(perch.kafka(), Catalogue.HOSTS.log().name()).stream()
                    .anyMatch(e -> host.toString().equals(e.key())));
    perch.awaitReady();
    assertThat(perch.inventories().get(0).restarts()).isPositive();
  }
}
