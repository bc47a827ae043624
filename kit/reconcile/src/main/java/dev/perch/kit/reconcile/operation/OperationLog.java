package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Aggregate;
import dev.perch.contract.Cause;
import dev.perch.contract.Changed;
import dev.perch.contract.Json;
import dev.perch.kit.outbox.Change;
import dev.perch.kit.outbox.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Says on the topics of one service what happened to an operation. */
record OperationLog(Aggregate aggregate) {
  /** These change with every version, so naming them says nothing. */
  private static final Set<String> ALWAYS = Set.of("version", "updatedAt");

  Change created(Kept kept, Cause cause) {
    return change(
        kept,
        "created",
        new Changed(
            kept.id().toString(),
            kept.version(),
            kept.updatedAt(),
            null,
            tree(kept),
            List.of(""),
            cause,
            null));
  }

  Change changed(Kept before, Kept after, Cause cause) {
    JsonNode old = tree(before);
    JsonNode now = tree(after);
    ObjectNode was = JsonNodeFactory.instance.objectNode();
    ObjectNode is = JsonNodeFactory.instance.objectNode();
    List<String> paths = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    names.removeAll(ALWAYS);
    for (String name : names) {
      if (!Objects.equals(old.get(name), now.get(name))) {
        copy(name, old, was);
        copy(name, now, is);
        paths.add("/" + name);
      }
    }
    return change(
        after,
        "changed",
        new Changed(
            after.id().toString(),
            after.version(),
            after.updatedAt(),
            was,
            is,
            paths,
            cause,
            null));
  }

  /** Its time to be kept is over. */
  Change deleted(Kept last, Instant at, Cause cause) {
    Changed gone =
        new Changed(
            last.id().toString(),
            last.version() + 1,
            at,
            tree(last),
            null,
            List.of(""),
            cause,
            null);
    return new Change(
        aggregate,
        last.id().toString(),
        last.version() + 1,
        last.site(),
        "deleted",
        null,
        Json.write(gone));
  }

  Snapshot snapshot(Kept kept) {
    return new Snapshot(
        aggregate, kept.id().toString(), kept.version(), kept.site(), Json.write(kept.shown()));
  }

  private Change change(Kept kept, String what, Changed changed) {
    return new Change(
        aggregate,
        kept.id().toString(),
        kept.version(),
        kept.site(),
        what,
        Json.write(kept.shown()),
        Json.write(changed));
  }

  private static JsonNode tree(Kept kept) {
    return Json.MAPPER.valueToTree(kept.shown());
  }

  private static void copy(String name, JsonNode from, ObjectNode to) {
    JsonNode value = from.get(name);
    if (value != null) {
      to.set(name, value);
    }
  }
}
