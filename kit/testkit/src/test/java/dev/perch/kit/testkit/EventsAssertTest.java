package dev.perch.kit.testkit;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.perch.contract.EventHeaders;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventsAssertTest {
  private static final String TYPE = "dev.perch.inventory.site.state.v1";

  @Test
  void acceptsAHistoryWithRepeatedDeliveriesAsGapFree() {
    List<Event> events = List.of(at(1, 1), at(1, 2), at(1, 1), at(1, 2), at(1, 3));

    assertThatEvents(events).areGapFreePerKey();
  }

  @Test
  void acceptsANewEpochThatGoesOnElsewhere() {
    assertThatEvents(List.of(at(1, 1), at(1, 2), at(1, 3), at(2, 2), at(2, 3))).areGapFreePerKey();
  }

  @Test
  void seesAGap() {
    fails(() -> assertThatEvents(List.of(at(1, 1), at(1, 3))).areGapFreePerKey(), "gap");
  }

  @Test
  void seesAMissingBeginning() {
    fails(() -> assertThatEvents(List.of(at(1, 2))).areGapFreePerKey(), "not its first");
  }

  @Test
  void seesAGapThatARepeatedDeliverySeemsToFill() {
    List<Event> events = List.of(at(1, 1), at(1, 3), at(1, 2));

    fails(() -> assertThatEvents(events).areGapFreePerKey(), "gap");
  }

  @Test
  void seesARepeatedDeliveryWhereOrderIsStrict() {
    fails(() -> assertThatEvents(List.of(at(1, 1), at(1, 1))).areStrictlyOrderedPerKey(), "later");
  }

  @Test
  void seesAnOldEpochAfterANewOne() {
    fails(() -> assertThatEvents(List.of(at(2, 1), at(1, 2))).areStrictlyOrderedPerKey(), "later");
  }

  @Test
  void doesNotMixKeys() {
    List<Event> events = List.of(event("a", 1, 1), event("b", 1, 1), event("a", 1, 2));

    assertThatCode(() -> assertThatEvents(events).areStrictlyOrderedPerKey().areGapFreePerKey())
        .doesNotThrowAnyException();
  }

  @Test
  void namesKeysThatAreMissingOrInvented() {
    List<Event> events = List.of(event("a", 1, 1), event("b", 1, 1));

    assertThatEvents(events).haveExactlyKeys("a", "b");
    fails(() -> assertThatEvents(events).haveExactlyKeys("a", "c"), "missing: [c]", "[b]");
  }

  @Test
  void acceptsCloudEventsAndNamesTheHeaderThatIsWrong() {
    assertThatEvents(List.of(at(1, 1))).areCloudEvents();
    for (String header : at(1, 1).headers().keySet()) {
      fails(() -> assertThatEvents(List.of(without(header))).areCloudEvents(), header);
    }
  }

  @Test
  void wantsAValueOfTheSchemaOfItsType() {
    fails(() -> assertThatEvents(List.of(at(1, 1))).matchTheirSchemas(), TYPE, "required");
    fails(
        () -> assertThatEvents(List.of(ofType("dev.perch.unheard.v1"))).matchTheirSchemas(),
        "no schema",
        "dev.perch.unheard.v1");
  }

  @Test
  void acceptsTombstonesWithoutASchema() {
    Event event = at(1, 1);
    Event tombstone = new Event("topic", 0, 0, event.key(), event.headers(), null);

    assertThatEvents(List.of(tombstone)).areCloudEvents().matchTheirSchemas();
  }

  @Test
  void canInsistOnEventsBeingThere() {
    fails(() -> assertThatEvents(List.of()).areNotEmpty(), "no events");
  }

  private static void fails(ThrowingCallable assertion, String... words) {
    assertThatThrownBy(assertion)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(Arrays.stream(words).toArray(CharSequence[]::new));
  }

  private static Event at(long epoch, long sequence) {
    return event("key", epoch, sequence);
  }

  private static Event without(String header) {
    return with(header, null);
  }

  private static Event ofType(String type) {
    return with(EventHeaders.TYPE, type);
  }

  private static Event with(String header, @Nullable String value) {
    Event event = at(1, 1);
    Map<String, String> headers = new HashMap<>(event.headers());
    headers.remove(header);
    if (value != null) {
      headers.put(header, value);
    }
    return new Event("topic", 0, 0, event.key(), headers, event.value());
  }

  private static Event event(String key, long epoch, long sequence) {
    JsonNode value = JsonNodeFactory.instance.objectNode();
    return new Event(
        "topic",
        0,
        0,
        key,
        Map.of(
            EventHeaders.SPEC_VERSION, "1.0",
            EventHeaders.ID, "1",
            EventHeaders.SOURCE, "/test",
            EventHeaders.TYPE, TYPE,
            EventHeaders.SUBJECT, key,
            EventHeaders.TIME, "2026-11-01T00:00:00Z",
            EventHeaders.CONTENT_TYPE, "application/json",
            EventHeaders.EPOCH, Long.toString(epoch),
            EventHeaders.SEQUENCE, Long.toString(sequence)),
        value);
  }
}
