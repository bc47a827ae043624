package dev.perch.inventory;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The service on the images that others publish; only with the Maven profile {@code containers}.
 */
@Tag("containers")
@QuarkusTest
@WithTestResource(StockImages.class)
class ContainersTest {
  @Test
  void aHostIsStoredAndPublished() {
    UUID host = createHost(createSite());

    asViewer().get("/v1/hosts/" + host).then().statusCode(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        Events.onBroker(
                            StockImages.KAFKA.getBootstrapServers(),
                            Catalogue.HOSTS.state().name()))
                    .extracting(event -> event.key())
                    .contains(host.toString()));
  }
}
