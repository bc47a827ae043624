package dev.perch.kit.outbox;

import dev.perch.kit.web.Problem;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the outbox to be: a statement, and its parameters in their order. */
record Entry(String sql, List<@Nullable Object> values) {
  /** Of {@link #INSERT}. */
  static final int PARAMETERS = 10;

  static final String INSERT =
      """
      insert into outbox (state_topic, state_type, log_topic, log_type, key, version, epoch,
                          site, state, change, traceparent)
      values (?1, ?2, ?3, ?4, ?5, ?6, (select epoch from outbox_control), ?7, ?8, ?9, ?10)
      """;

  static final String INSERT_DELETION =
      """
      with appended as (%s returning state_topic, key, version, epoch)
      insert into outbox_deleted (state_topic, key, version, epoch)
      select state_topic, key, version, epoch from appended
      on conflict (state_topic, key) do update
        set version = excluded.version, epoch = excluded.epoch, deleted_at = now()
      """
          .formatted(INSERT);

  static Entry of(Change change) {
    requireSize(change.key(), change.change());
    return of(
        new Snapshot(
            change.aggregate(), change.key(), change.version(), change.site(), change.state()),
        change.aggregate().log().name(),
        change.aggregate().type(change.what()),
        change.change());
  }

  static Entry of(Snapshot snapshot) {
    return of(snapshot, null, null, null);
  }

  private static Entry of(
      Snapshot of, @Nullable String log, @Nullable String type, @Nullable String change) {
    requireSize(of.key(), of.state());
    return new Entry(
        of.state() == null ? INSERT_DELETION : INSERT,
        Arrays.asList(
            of.aggregate().state().name(),
            of.aggregate().stateType(),
            log,
            type,
            of.key(),
            of.version(),
            of.site(),
            of.state(),
            change,
            traceparent()));
  }

  private static void requireSize(String key, @Nullable String json) {
    // No character needs more than three bytes, so most texts need not be measured.
    if (json != null
        && json.length() > Outbox.MAX_BYTES / 3
        && json.getBytes(StandardCharsets.UTF_8).length > Outbox.MAX_BYTES) {
      throw new Problem.TooLarge(
              "The resource " + key + " would exceed " + Outbox.MAX_BYTES + " bytes as JSON.")
          .asException();
    }
  }

  /** W3C Trace Context of the current span, if it has one. */
  private static @Nullable String traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex()
        : null;
  }
}
