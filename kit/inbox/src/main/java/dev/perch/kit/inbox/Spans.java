package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.perch.contract.EventHeaders;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One span per batch: a child of the trace that all its records belong to, or, if there are
 * several, a trace of its own with links to them (OpenTelemetry's messaging conventions).
 */
final class Spans {
  private static final int MOST_LINKS = 128;

  private static final TextMapGetter<ConsumerRecord<String, byte[]>> TRACEPARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(ConsumerRecord<String, byte[]> record) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable ConsumerRecord<String, byte[]> record, String name) {
          Header header =
              record == null || !name.equals("traceparent")
                  ? null
                  : record.headers().lastHeader(EventHeaders.TRACEPARENT);
          return header == null || header.value() == null
              ? null
              : new String(header.value(), UTF_8);
        }
      };

  private final Tracer tracer;

  /** What is done while the span is current. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  Spans(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer("dev.perch.kit.inbox");
  }

  void during(String consumer, List<Claim> claims, Work work) throws Exception {
    Set<SpanContext> origins = origins(claims);
    SpanBuilder builder =
        tracer
            .spanBuilder("process " + consumer)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.operation.type", "process")
            .setAttribute("messaging.consumer.group.name", consumer)
            .setAttribute(
                "messaging.batch.message_count",
                claims.stream().mapToLong(claim -> claim.records().size()).sum());
    if (origins.size() == 1) {
      builder.setParent(Context.root().with(Span.wrap(origins.iterator().next())));
    } else {
      builder.setNoParent();
      origins.forEach(builder::addLink);
    }
    Span span = builder.startSpan();
    try (Scope scope = span.makeCurrent()) {
      work.run();
    } catch (Exception e) {
      span.setStatus(StatusCode.ERROR, Fault.of(e).reason());
      throw e;
    } finally {
      span.end();
    }
  }

  private static Set<SpanContext> origins(List<Claim> claims) {
    Set<SpanContext> origins = new LinkedHashSet<>();
    for (Claim claim : claims) {
      for (ConsumerRecord<String, byte[]> record : claim.records()) {
        SpanContext origin =
            Span.fromContext(
                    W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), record, TRACEPARENT))
                .getSpanContext();
        if (origin.isValid() && origins.add(origin) && origins.size() == MOST_LINKS) {
          return origins;
        }
      }
    }
    return origins;
  }
}
