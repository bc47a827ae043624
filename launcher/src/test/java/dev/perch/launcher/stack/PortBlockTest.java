package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortBlockTest {
  @Test
  void givesNoPortTwice() {
    PortBlock ports = new PortBlock(20_000);
    List<Integer> all =
        new ArrayList<>(
            List.of(ports.postgres(), ports.kafka(), ports.kafkaController(), ports.keycloak()));
    for (int slot = 1; slot <= 6; slot++) {
      Service service = new Service("s" + slot, "services/s" + slot, slot, 128, true, false);
      for (int replica = 0; replica < Service.MOST_REPLICAS; replica++) {
        all.add(ports.http(service, replica));
        all.add(ports.link(service, replica));
        all.add(ports.management(service, replica));
      }
    }

    assertThat(all).doesNotHaveDuplicates().allMatch(port -> port >= 20_000 && port < 21_000);
  }

  @Test
  void refusesPortsThatNeedRoot() {
    assertThatThrownBy(() -> new PortBlock(80)).hasMessageContaining("1024");
  }
}
