package dev.perch.kit.web.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feeds over a real broker; each feed stands for one replica of a service. */
class ChangeFeedTest {
  private static final int ROOMY = 10_000;

  private final Topic topic = Topic.log("perch.test.things-" + UUID.randomUUID());
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void createTopic() {
    TestKafka.create(topic);
  }

  @AfterEach
  void closeAll() throws Exception {
    TestKafka.start();
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void aWatcherGetsWhatHappensFromNowOn() throws Exception {
    LogWriter writer = writer();
    writer.write(10);
    ChangeFeed feed = readyFeed(ROOMY);
    Collector watcher = watch(feed, null);

    List<String> written = writer.write(100);

    await().untilAsserted(() -> watcher.assertInOrder(written));
  }

  @Test
  void aListsCursorLeadsToEverythingAfterIt() throws Exception {
    ChangeFeed feed = readyFeed(ROOMY);
    String cursor = feed.cursorNow();
    List<String> written = writer().write(100);

    Collector watcher = watch(feed, cursor);

    await().untilAsserted(() -> watcher.assertInOrder(written));
  }

  @Test
  void aWatcherResumesOnAnotherReplicaWithoutGapOrRepetition() throws Exception {
    ChangeFeed one = readyFeed(ROOMY);
    ChangeFeed two = readyFeed(ROOMY);
    LogWriter writer = writer();
    Collector first = watch(one, null);
    List<String> before = writer.write(300);
    await().untilAsserted(() -> assertThat(first.data()).hasSize(300));
    String cursor = first.cursorAfter(123);
    first.close();
    List<String> after = writer.write(50);

    Collector second = watch(two, cursor);

    List<String> rest = new ArrayList<>(before);
    rest.removeAll(first.data().subList(0, 123));
    rest.addAll(after);
    await().untilAsserted(() -> second.assertInOrder(rest));
  }

  @Test
  void aDrainedFeedLetsTheTopicGoAndItsLastCursorStaysGood() throws Exception {
    ChangeFeed ending = readyFeed(ROOMY);
    String cursor = ending.cursorNow();

    ending.drain();

    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("watch-" + topic.name())));
    List<String> written = writer().write(10);
    assertThat(ending.cursorNow()).isEqualTo(cursor);
    Collector elsewhere = watch(readyFeed(ROOMY), cursor);
    await().untilAsserted(() -> elsewhere.assertInOrder(written));
  }

  @Test
  void whatTheWindowHasNoMoreIsReadFromTheBrokerWhileMoreIsWritten() throws Exception {
    ChangeFeed feed = readyFeed(200);
    String cursor = feed.cursorNow();
    LogWriter writer = writer();
    List<String> written = new ArrayList<>(writer.write(3_000));
    awaitSeen(feed, 3_000);

    Collector watcher = watch(feed, cursor);
    for (int i = 0; i < 20; i++) {
      written.addAll(writer.write(20));
    }

    await().untilAsserted(() -> watcher.assertInOrder(written));
  }

  @Test
  void aSlowWatcherIsCutAndResumesWhileOthersAreNotHeldUp() throws Exception {
    ChangeFeed feed = readyFeed(200);
    LogWriter writer = writer();
    Collector slow = watch(feed, null);
    Collector other = watch(feed, null);
    slow.stall();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      written.addAll(writer.write(10));
      await().untilAsserted(() -> assertThat(other.data()).hasSameSizeAs(written));
    }

    slow.goOn();

    await()
        .untilAsserted(
            () ->
                assertThat(slow.ended())
                    .isInstanceOfSatisfying(
                        Window.Ended.class, e -> assertThat(e.end).isEqualTo(Window.End.TOO_SLOW)));
    other.assertInOrder(written);
    Collector resumed = watch(feed, slow.lastCursor());
    written.removeAll(slow.data());
    await().untilAsserted(() -> resumed.assertInOrder(written));
  }

  @Test
  void aReplicaThatStartedLaterServesOlderCursors() throws Exception {
    String cursor = readyFeed(ROOMY).cursorNow();
    List<String> written = writer().write(500);

    Collector watcher = watch(readyFeed(ROOMY), cursor);

    await().untilAsserted(() -> watcher.assertInOrder(written));
  }

  @Test
  void aCursorWhoseRecordsWereDroppedIsGone() throws Exception {
    String cursor = Objects.requireNonNull(readyFeed(ROOMY).cursorNow());
    writer().write(100);
    try (Admin admin = TestKafka.admin()) {
      admin
          .deleteRecords(everyPartition(partition -> RecordsToDelete.beforeOffset(-1)))
          .all()
          .get();
    }

    assertGone(readyFeed(ROOMY), cursor);
  }

  @Test
  void aCursorOfADeletedTopicIsGoneAndItsWatchersEnd() throws Exception {
    ChangeFeed feed = readyFeed(ROOMY);
    writer().write(100);
    String cursor = Objects.requireNonNull(feed.cursorNow());
    Collector watcher = watch(feed, null);

    try (Admin admin = TestKafka.admin()) {
      admin.deleteTopics(List.of(topic.name())).all().get();
      await().ignoreExceptions().untilAsserted(() -> TestKafka.create(topic));
    }

    await().untilAsserted(() -> assertThat(watcher.ended()).isInstanceOf(Window.Ended.class));
    await().untilAsserted(() -> assertGone(feed, cursor));
    await().untilAsserted(() -> assertThat(feed.cursorNow()).isNotEqualTo(cursor));
    String fresh = feed.cursorNow();
    List<String> written = writer().write(20);
    Collector again = watch(feed, fresh);
    await().untilAsserted(() -> again.assertInOrder(written));
  }

  @Test
  void aCursorBeyondTheEndIsGone() throws Exception {
    ChangeFeed feed = readyFeed(ROOMY);
    Position now = Objects.requireNonNull(feed.window().end());
    long[] ahead = new long[topic.partitions()];
    ahead[3] = 1;

    assertGone(feed, new Position(now.topic(), ahead).cursor());
  }

  @Test
  void watchersStayWhileTheBrokerIsAwayAndGoOnAfterwards() throws Exception {
    ChangeFeed feed = readyFeed(ROOMY);
    Collector watcher = watch(feed, null);
    List<String> written = new ArrayList<>(writer().write(50));
    await().untilAsserted(() -> watcher.assertInOrder(written));
    String cursor = feed.cursorNow();

    TestKafka.stop();
    int beats = watcher.beats();
    await().untilAsserted(() -> assertThat(watcher.beats()).isGreaterThan(beats + 2));
    assertThat(feed.cursorNow()).isEqualTo(cursor);
    TestKafka.start();
    written.addAll(writer().write(50));

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> watcher.assertInOrder(written));
    assertThat(watcher.ended()).isNull();
  }

  @Test
  void aFeedWaitsForATopicThatIsNotThereYet() throws Exception {
    Topic later = Topic.log("perch.test.later-" + UUID.randomUUID());
    ChangeFeed feed = feed(later, ROOMY);
    assertThat(feed.cursorNow()).isNull();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> watch(feed, null))
        .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.Unavailable.class));

    TestKafka.create(later);

    await().untilAsserted(() -> assertThat(feed.cursorNow()).isNotNull());
  }

  @Test
  void onlyWantedEventsAreSentAndBeatsCarryTheCursorPastTheOthers() throws Exception {
    UUID own = UUID.randomUUID();
    ChangeFeed feed = readyFeed(ROOMY);
    Collector watcher = Collector.watch(feed, null, event -> own.equals(event.site()));
    open.add(watcher);
    LogWriter writer = writer();

    writer.write("mine:1", own);
    writer.write("theirs:1", UUID.randomUUID());

    await()
        .untilAsserted(() -> assertThat(watcher.lastBeat().cursor()).isEqualTo(feed.cursorNow()));
    await().untilAsserted(() -> assertThat(watcher.data()).containsExactly("mine:1"));
    assertThat(watcher.cursorAfter(1)).isNotEqualTo(feed.cursorNow());
  }

  @Test
  void catchUpsAreLimited() throws Exception {
    String cursor = readyFeed(ROOMY).cursorNow();
    writer().write(100);
    ChangeFeed feed = readyFeed(ROOMY);
    CatchUp one = feed.catchUp(Objects.requireNonNull(Position.of(Objects.requireNonNull(cursor))));
    CatchUp two = feed.catchUp(one.position());

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> feed.catchUp(one.position()))
        .satisfies(e -> assertThat(e.problem().retryAfter()).isPositive());
    one.close();
    two.close();
    feed.catchUp(one.position()).close();
  }

  private static void awaitSeen(ChangeFeed feed, int events) {
    await()
        .untilAsserted(
            () -> {
              Position end = Objects.requireNonNull(feed.window().end());
              assertThat(IntStream.range(0, end.partitions()).mapToLong(end::next).sum())
                  .isEqualTo(events);
            });
  }

  private void assertGone(ChangeFeed feed, String cursor) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> watch(feed, cursor))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.CursorGone()));
  }

  private <T> Map<TopicPartition, T> everyPartition(Function<Integer, T> value) {
    return IntStream.range(0, topic.partitions())
        .boxed()
        .collect(Collectors.toMap(p -> new TopicPartition(topic.name(), p), value));
  }

  private Collector watch(ChangeFeed feed, @org.jspecify.annotations.Nullable String cursor)
      throws Window.Ended {
    Collector watcher = Collector.watch(feed, cursor);
    open.add(watcher);
    return watcher;
  }

  private ChangeFeed readyFeed(int windowEvents) {
    ChangeFeed feed = feed(topic, windowEvents);
    await().untilAsserted(() -> assertThat(feed.cursorNow()).isNotNull());
    return feed;
  }

  private ChangeFeed feed(Topic of, int windowEvents) {
    ChangeFeed feed =
        new ChangeFeed(
            of.name(),
            Map.of("bootstrap.servers", TestKafka.bootstrap()),
            new TestWatch(windowEvents));
    open.add(feed);
    return feed;
  }

  private LogWriter writer() {
    LogWriter writer = new LogWriter(topic);
    open.add(writer);
    return writer;
  }
}
