package dev.perch.contract.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCodecTest {

  static Stream<LinkMessage> messages() {
    var object = JsonNodeFactory.instance.objectNode().put("model", "Ångström").put("cores", 4);
    var condition =
        new Condition("Applied", Condition.Status.TRUE, "Done", "", Instant.ofEpochSecond(1));
    return Stream.of(
        new LinkMessage.Challenge("bm9uY2U", "perch", 1, 1),
        new LinkMessage.Hello(
            1, new UUID(1, 2), new UUID(3, 4), "cHJvb2Y", "1.0", Map.of("cpu", "ab"), Map.of()),
        new LinkMessage.Welcome(7, 1, 1000, 15_000),
        new LinkMessage.Beat(),
        new LinkMessage.Facts(
            1, List.of(FacetReport.of("cpu", object), FacetReport.unavailable("disks", "why"))),
        new LinkMessage.Digests(Map.of("cpu", "ab")),
        new LinkMessage.Observed(2, "tsn", 5, List.of(condition), object),
        new LinkMessage.Desired("tsn", 5, "taprio", object),
        LinkMessage.Desired.withdrawn("tsn"),
        new LinkMessage.Resync(List.of("cpu")),
        new LinkMessage.Ack(2, List.of(new LinkMessage.Refusal(1, "facet.unknown", "no"))),
        new LinkMessage.Moved(5000));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItWasWritten(LinkMessage message) throws NotAMessage {
    assertThat(decoded(LinkCodec.encode(message))).isEqualTo(message);
  }

  @Test
  void aLongMessageIsGzipped() throws NotAMessage {
    var data = JsonNodeFactory.instance.objectNode().put("x", "é".repeat(600));
    var message = new LinkMessage.Facts(1, List.of(FacetReport.of("cpu", data)));

    Frame frame = LinkCodec.encode(message);

    assertThat(frame)
        .asInstanceOf(type(Frame.Binary.class))
        .satisfies(binary -> assertThat(binary.gzipped()).hasSizeLessThan(300));
    assertThat(decoded(frame)).isEqualTo(message);
  }

  @Test
  void aBeatIsAlwaysTheSameText() throws NotAMessage {
    assertThat(LinkCodec.encode(new LinkMessage.Beat())).isEqualTo(new Frame.Text(LinkCodec.BEAT));
    assertThat(LinkCodec.decode("{ \"type\": \"beat\" }")).isEqualTo(new LinkMessage.Beat());
  }

  @Test
  void aPropertyThatIsNotKnownIsIgnored() throws NotAMessage {
    assertThat(LinkCodec.decode("{\"type\":\"moved\",\"withinMillis\":5,\"new\":[1]}"))
        .isEqualTo(new LinkMessage.Moved(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"type\":\"sudo\"}",
        "{\"type\":\"hello\",\"hostId\":\"x\"}",
        "{\"type\":\"facts\",\"seq\":1}",
        "{\"type\":\"facts\",\"seq\":1,\"facets\":[{\"facet\":\"cpu\"}]}",
        "{\"type\":\"facts\",\"seq\":1,\"facets\":[null]}",
        "{\"type\":\"digests\",\"digests\":{\"a\":null}}",
        "\u0000\u0001"
      })
  void whatIsNoMessageIsSaidToBeNoneAndNotQuoted(String text) {
    assertThatThrownBy(() -> LinkCodec.decode(text))
        .isInstanceOf(NotAMessage.class)
        .hasNoCause()
        .hasMessageNotContaining("sudo");
  }

  @Test
  void aFrameThatUnpacksToMoreThanAMessageMayBeIsNotUnpacked() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bomb)) {
      byte[] blank = new byte[1 << 20];
      Arrays.fill(blank, (byte) ' ');
      for (int i = 0; i < 64; i++) {
        out.write(blank);
      }
    }

    assertThat(bomb.size()).isLessThan(LinkProtocol.FRAME_MAX);
    assertThatThrownBy(() -> LinkCodec.decodeGzipped(bomb.toByteArray()))
        .isInstanceOfSatisfying(NotAMessage.class, e -> assertThat(e.isTooLarge()).isTrue());
  }

  private static LinkMessage decoded(Frame frame) throws NotAMessage {
    return switch (frame) {
      case Frame.Text text -> LinkCodec.decode(text.json());
      case Frame.Binary binary -> LinkCodec.decodeGzipped(binary.gzipped());
    };
  }
}
