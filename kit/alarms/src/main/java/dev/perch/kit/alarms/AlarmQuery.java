package dev.perch.kit.alarms;

import dev.perch.contract.alarm.Alarm;
import dev.perch.contract.alarm.Severity;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import dev.perch.kit.web.page.Key;
import dev.perch.kit.web.page.Page;
import dev.perch.kit.web.page.PageRequest;
import dev.perch.kit.web.page.Parameters;
import dev.perch.kit.web.page.Where;
import dev.perch.kit.web.security.Caller;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A list of active alarms: its filters and its page. */
record AlarmQuery(
    List<Severity> severity,
    List<String> alarmId,
    List<String> entity,
    @Nullable Boolean acknowledged,
    PageRequest page) {

  static AlarmQuery of(UriInfo uri) {
    return Parameters.bind(
        uri,
        p -> {
          Value<List<Severity>> severity = p.anyOf("severity", Rules.oneOf(Severity.class));
          Value<List<String>> alarmId = p.anyOf("alarmId", Rules.text(1, 100));
          Value<List<String>> entity = p.anyOf("entity", Rules.text(1, 500));
          Value<Boolean> acknowledged = p.one("acknowledged", trueOrFalse());
          Value<PageRequest> page = p.page(Key.number("rank"), Key.text("id"));
          return () ->
              new AlarmQuery(
                  severity.orElse(List.of()),
                  alarmId.orElse(List.of()),
                  entity.orElse(List.of()),
                  acknowledged.orNull(),
                  page.get());
        });
  }

  Page<Alarm> run(AlarmBook book, Caller caller) throws SQLException {
    Where where = new Where();
    caller
        .sites()
        .ifPresent(
            sites ->
                where.and("(site is null or site = any (?))", (Object) sites.toArray(UUID[]::new)));
    among(where, "severity", severity.stream().map(Severity::name).toList());
    among(where, "alarm_id", alarmId);
    among(where, "entity", entity);
    if (acknowledged != null) {
      where.and("(acknowledged_at is not null) = ?", acknowledged);
    }
    if (!page.isFirst()) {
      where.and("(rank, id) > (?, ?)", page.after().toArray());
    }
    return page.of(book.active(where, page.fetch()), AlarmQuery::place, Kept::alarm);
  }

  private static void among(Where where, String column, List<String> values) {
    if (!values.isEmpty()) {
      where.and(column + " = any (?)", (Object) values.toArray(String[]::new));
    }
  }

  /** Worst first; the table counts the severities from 1. */
  private static List<String> place(Kept kept) {
    Severity severity = Objects.requireNonNull(kept.alarm().severity());
    return List.of(Integer.toString(severity.ordinal() + 1), kept.alarm().id());
  }

  private static Rule<Boolean> trueOrFalse() {
    return (node, at) ->
        switch (node.asText()) {
          case "true" -> true;
          case "false" -> false;
          default -> {
            at.refuse("value.not-allowed", node, "Use true or false.");
            yield null;
          }
        };
  }
}
