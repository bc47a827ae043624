package dev.perch.kit.outbox;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Changes a topic's configuration, as its operator may. */
final class TopicConfig {
  private TopicConfig() {}

  /** Returns when the broker acts on it. */
  static void set(Admin admin, String topic, String name, String value) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    var _ = admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    await().until(() -> value.equals(config(admin, resource).get(name).value()));
  }

  private static Config config(Admin admin, ConfigResource resource)
      throws ExecutionException, InterruptedException {
    return admin.describeConfigs(List.of(resource)).all().get().values().iterator().next();
  }
}
