package dev.perch.kit.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.perch.contract.EventHeaders;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for the events of a topic, as {@link Events} reads them.
 *
 * <pre>{@code
 * assertThatEvents(Events.on("perch.inventory.host-changes"))
 *     .areCloudEvents().matchTheirSchemas().areGapFreePerKey();
 * }</pre>
 */
public final class EventsAssert extends AbstractAssert<EventsAssert, List<Event>> {
  private EventsAssert(List<Event> events) {
    super(events, EventsAssert.class);
  }

  public static EventsAssert assertThatEvents(List<Event> events) {
    return new EventsAssert(events);
  }

  /** Every event has CloudEvents' required attributes and Perch's, and its key is its subject. */
  public EventsAssert areCloudEvents() {
    for (Event event : events()) {
      require(event, EventHeaders.SPEC_VERSION, "1.0"::equals);
      require(event, EventHeaders.ID, id -> !id.isBlank());
      require(event, EventHeaders.SOURCE, source -> !source.isBlank());
      require(event, EventHeaders.TYPE, type -> type.matches("dev\\.perch\\.[a-z0-9.-]+\\.v\\d+"));
      require(event, EventHeaders.SUBJECT, subject -> subject.equals(event.key()));
      require(event, EventHeaders.TIME, EventsAssert::isRfc3339);
      require(event, EventHeaders.EPOCH, epoch -> epoch.matches("[1-9]\\d*"));
      require(event, EventHeaders.SEQUENCE, sequence -> sequence.matches("[1-9]\\d*"));
      if (!event.isTombstone()) {
        require(event, EventHeaders.CONTENT_TYPE, type -> type.startsWith("application/json"));
      }
    }
    return this;
  }

  /** Every value meets the schema that {@code contract} publishes for its type. */
  public EventsAssert matchTheirSchemas() {
    return match(Schemas.ofContract());
  }

  /** Every value meets the schema of its type; a type without a schema fails. */
  public EventsAssert match(Function<String, Optional<JsonSchema>> schemas) {
    Map<String, Optional<JsonSchema>> byType = new HashMap<>();
    for (Event event : events()) {
      JsonNode value = event.value();
      if (value == null) {
        continue;
      }
      String type = event.header(EventHeaders.TYPE).orElse("(no type)");
      Optional<JsonSchema> schema = byType.computeIfAbsent(type, schemas);
      if (schema.isEmpty()) {
        failWithMessage("there is no schema for <%s> of%n%s", type, event);
      }
      Set<ValidationMessage> faults = schema.orElseThrow().validate(value);
      if (!faults.isEmpty()) {
        failWithMessage("%s does not match its schema:%n%s%n%s", type, lines(faults), event);
      }
    }
    return this;
  }

  /** No event repeats or precedes an earlier one of its key: nothing was delivered twice. */
  public EventsAssert areStrictlyOrderedPerKey() {
    Map<String, Event> last = new HashMap<>();
    for (Event event : events()) {
      Event earlier = last.put(keyOf(event), event);
      if (earlier != null && earlier.place().compareTo(event.place()) >= 0) {
        failWithMessage("%s comes after%n%s%nbut not later in its key's history", event, earlier);
      }
    }
    return this;
  }

  /**
   * A consumer that ignores what it has seen, by (epoch, sequence), misses nothing: each key's
   * history begins at sequence 1 and has no gap within an epoch. Deliveries may repeat.
   */
  public EventsAssert areGapFreePerKey() {
    Map<String, Event> newest = new HashMap<>();
    for (Event event : events()) {
      Event known = newest.get(keyOf(event));
      if (known == null) {
        if (event.place().sequence() != 1) {
          failWithMessage("the first event of key <%s> is not its first:%n%s", event.key(), event);
        }
      } else if (event.place().compareTo(known.place()) <= 0) {
        continue;
      } else if (!known.place().mayBeFollowedBy(event.place())) {
        failWithMessage("there is a gap between%n%s%nand%n%s", known, event);
      }
      newest.put(keyOf(event), event);
    }
    return this;
  }

  /** These keys occur, each at least once, and no others. */
  public EventsAssert haveExactlyKeys(Object... keys) {
    Set<String> expected =
        Arrays.stream(keys).map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    Set<String> found =
        events().stream().map(EventsAssert::keyOf).collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = without(expected, found);
    Set<String> invented = without(found, expected);
    if (!missing.isEmpty() || !invented.isEmpty()) {
      failWithMessage("keys missing: %s%nkeys not expected: %s", missing, invented);
    }
    return this;
  }

  /** A topic without events would meet every other assertion. */
  public EventsAssert areNotEmpty() {
    if (events().isEmpty()) {
      failWithMessage("there are no events");
    }
    return this;
  }

  private List<Event> events() {
    isNotNull();
    return actual;
  }

  private void require(Event event, String header, Predicate<String> valid) {
    @Nullable String value = event.headers().get(header);
    if (value == null || !valid.test(value)) {
      failWithMessage("header %s is <%s> in%n%s", header, value, event);
    }
  }

  private static String keyOf(Event event) {
    String key = event.key();
    if (key == null) {
      throw new AssertionError("an event without a key: " + event);
    }
    return key;
  }

  private static boolean isRfc3339(String time) {
    try {
      return OffsetDateTime.parse(time).getOffset() != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static String lines(Set<ValidationMessage> faults) {
    return faults.stream().map(ValidationMessage::toString).collect(Collectors.joining("\n"));
  }
}
