package dev.perch.kit.web.problem;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.UUID;

/** Names the request in answers and in the log. */
final class TraceId {
  private TraceId() {}

  /** The current trace's id, or a new one where nothing is traced. */
  static String current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? span.getTraceId() : UUID.randomUUID().toString().replace("-", "");
  }
}
