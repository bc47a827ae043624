package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.launcher.process.Plan;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.process.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTest {
  @TempDir Path state;

  @Test
  void flushesEachMessageAndMakesNoTopicByItself() throws Exception {
    Settings settings = Scratch.settings(state);
    Supervisor supervisor =
        new Supervisor(
            new Plan(
                List.of(
                    Kafka.part(
                        settings, new AotCaches(settings.folders().aot(), AotCaches.Mode.OFF)))),
            new StateFile(settings.folders().state()),
            Scratch.silence());
    try {
      supervisor.start();

      Config config = brokerConfig(Kafka.bootstrap(settings.ports()));

      assertThat(config.get("log.flush.interval.messages").value()).isEqualTo("1");
      assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
    } finally {
      supervisor.kill();
    }
  }

  private static Config brokerConfig(String bootstrap) throws Exception {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return Objects.requireNonNull(admin.describeConfigs(List.of(broker)).values().get(broker))
          .get();
    }
  }
}
