package dev.perch.kit.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Changed;
import dev.perch.contract.Json;
import dev.perch.contract.alarm.Alarm;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Says on the topics what happened to an alarm. */
final class AlarmLog {
  /** These change with every version, so naming them says nothing. */
  private static final Set<String> ALWAYS = Set.of("version", "updatedAt");

  private AlarmLog() {}

  /** A cleared alarm is a tombstone on the state topic; the log has its last version. */
  static Change change(Step step) {
    Kept after = step.after();
    return new Change(
        Catalogue.ALARMS,
        after.alarm().id(),
        after.alarm().version(),
        after.site(),
        step.what(),
        after.isActive() ? Json.write(after.alarm()) : null,
        Json.write(changed(step)));
  }

  static Snapshot snapshot(Kept kept) {
    return new Snapshot(
        Catalogue.ALARMS,
        kept.alarm().id(),
        kept.alarm().version(),
        kept.site(),
        Json.write(kept.alarm()));
  }

  private static Changed changed(Step step) {
    Alarm alarm = step.after().alarm();
    JsonNode after = Json.MAPPER.valueToTree(alarm);
    if (step.before() == null || step.what().equals("raised")) {
      return new Changed(
          alarm.id(),
          alarm.version(),
          alarm.updatedAt(),
          null,
          after,
          List.of(""),
          step.cause(),
          null);
    }
    JsonNode before = Json.MAPPER.valueToTree(step.before().alarm());
    ObjectNode was = JsonNodeFactory.instance.objectNode();
    ObjectNode is = JsonNodeFactory.instance.objectNode();
    List<String> paths = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    names.removeAll(ALWAYS);
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        was.setAll(present(name, before));
        is.setAll(present(name, after));
        paths.add("/" + name);
      }
    }
    return new Changed(
        alarm.id(), alarm.version(), alarm.updatedAt(), was, is, paths, step.cause(), null);
  }

  private static ObjectNode present(String name, JsonNode of) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    return of.has(name) ? one.set(name, of.get(name)) : one;
  }
}
