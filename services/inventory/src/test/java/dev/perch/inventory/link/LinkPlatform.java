package dev.perch.inventory.link;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** Lets agents enrol, and shortens what tests would wait for. */
public final class LinkPlatform implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of(
        "perch.presence.reconnect-window",
        "3S",
        "perch.link.hello-within",
        "2S",
        "perch.link.unproven",
        "30",
        "perch.enrolment.endpoints",
        "https://perch.test:8443",
        "perch.enrolment.authorities",
        Path.of("src/test/resources/link-authorities.pem").toAbsolutePath().toString());
  }

  @Override
  public void stop() {
    // Nothing was started.
  }
}
