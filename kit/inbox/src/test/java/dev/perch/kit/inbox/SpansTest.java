package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.contract.EventHeaders;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpansTest {
  private static final String ONE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OTHER = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final List<SpanData> ended = new ArrayList<>();
  private final Spans spans =
      new Spans(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
                      .build())
              .build());

  @Test
  void aBatchOfOneTraceIsAChildInIt() throws Exception {
    spans.during("c", batch(ONE, ONE, null), () -> {});

    assertThat(ended)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getName()).isEqualTo("process c");
              assertThat(span.getTraceId()).isEqualTo(ONE);
              assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
            });
  }

  @Test
  void aBatchOfSeveralTracesIsLinkedToThem() throws Exception {
    spans.during("c", batch(ONE, OTHER, ONE), () -> {});

    assertThat(ended)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getTraceId()).isNotIn(ONE, OTHER);
              assertThat(span.getLinks())
                  .extracting(link -> link.getSpanContext().getTraceId())
                  .containsExactly(ONE, OTHER);
            });
  }

  @Test
  void aBatchThatFailsIsAnErrorAndThrowsWhatItThrew() {
    assertThatThrownBy(
            () ->
                spans.during(
                    "c",
                    batch(ONE),
                    () -> {
                      throw new IOException("away");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(ended)
        .extracting(SpanData::getStatus)
        .containsExactly(
            StatusData.create(StatusData.error().getStatusCode(), "IOException: away"));
  }

  /** A record per trace; null has none. */
  private static List<Claim> batch(@Nullable String... traces) {
    List<ConsumerRecord<String, byte[]>> records =
        Arrays.stream(traces).map(SpansTest::record).toList();
    Position start = Position.first(UUID.randomUUID(), 0, Instant.EPOCH);
    return List.of(new Claim(new TopicPartition("t", 0), 1, start, records));
  }

  private static ConsumerRecord<String, byte[]> record(@Nullable String trace) {
    var record = new ConsumerRecord<>("t", 0, 0, "k", new byte[0]);
    if (trace != null) {
      String parent = "00-" + trace + "-b7ad6b7169203331-01";
      record.headers().add(EventHeaders.TRACEPARENT, parent.getBytes(UTF_8));
    }
    return record;
  }

  private final class Kept implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      ended.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
