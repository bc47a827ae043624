package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private final Recorded troubles = new Recorded();
  private final Topics topics = new Topics(1, 1, troubles);
  private final Topic state = Topic.state("perch.topics-" + UUID.randomUUID());
  private Admin admin;

  @BeforeEach
  void connect() {
    admin = TestKafka.admin();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void createsWhatIsAbsentAsTheCatalogueSays() throws Exception {
    var first = topics.create(admin, List.of(state));
    var second = topics.create(admin, List.of(state));
    topics.compare(admin, List.of(state));

    assertThat(second).isEqualTo(first).containsKey(state.name());
    assertThat(troubles.raised()).isEmpty();
  }

  @Test
  void reportsATopicThatDiffersAndLeavesItAsItIs() throws Exception {
    var other =
        new NewTopic(state.name(), 3, (short) 1).configs(Map.of("cleanup.policy", "delete"));
    var created = admin.createTopics(List.of(other)).all();
    created.get();

    var ids = topics.create(admin, List.of(state));
    topics.compare(admin, List.of(state));

    assertThat(troubles.text("topic-differs", state.name()))
        .contains("partitions: 3, not 12", "cleanup.policy: delete, not compact");
    assertThat(topics.create(admin, List.of(state))).isEqualTo(ids);
  }

  @Test
  void clearsTheAlarmOnceTheTopicIsAsItShouldBe() throws Exception {
    var created = topics.create(admin, List.of(state));
    configure("cleanup.policy", "delete");
    topics.compare(admin, List.of(state));
    assertThat(troubles.raised()).containsExactly("topic-differs " + state.name());

    configure("cleanup.policy", "compact");
    topics.compare(admin, List.of(state));

    assertThat(troubles.raised()).isEmpty();
    assertThat(created).hasSize(1);
  }

  private void configure(String name, String value) throws Exception {
    TopicConfig.set(admin, state.name(), name, value);
  }
}
