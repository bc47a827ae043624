package dev.perch.contract.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Messages as frames, and back. */
public final class LinkCodec {
  /** The one text of a beat. */
  public static final String BEAT = "{\"type\":\"beat\"}";

  private LinkCodec() {}

  /** A WebSocket message. */
  public sealed interface Frame {
    /** A message as it is. */
    record Text(String json) implements Frame {}

    /** A message gzipped. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, written once
    record Binary(byte[] gzipped) implements Frame {}
  }

  public static Frame encode(LinkMessage message) {
    try {
      if (message instanceof LinkMessage.Beat) {
        return new Frame.Text(BEAT);
      }
      // The declared type makes Jackson write the property that names the message.
      String json = Json.MAPPER.writerFor(LinkMessage.class).writeValueAsString(message);
      if (json.length() <= LinkProtocol.PLAIN_MAX / 3) {
        return new Frame.Text(json);
      }
      byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
      return utf8.length <= LinkProtocol.PLAIN_MAX
          ? new Frame.Text(json)
          : new Frame.Binary(gzip(utf8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws NotAMessage if it is none
   */
  public static LinkMessage decode(String json) throws NotAMessage {
    if (json.equals(BEAT)) {
      return new LinkMessage.Beat();
    }
    return decode(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Never unpacks more than {@link LinkProtocol#MESSAGE_MAX} bytes.
   *
   * @throws NotAMessage if it is none, or too long
   */
  public static LinkMessage decodeGzipped(byte[] gzipped) throws NotAMessage {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      byte[] json = in.readNBytes(LinkProtocol.MESSAGE_MAX + 1);
      if (json.length > LinkProtocol.MESSAGE_MAX) {
        throw new NotAMessage("longer than " + LinkProtocol.MESSAGE_MAX + " bytes", true);
      }
      return decode(json);
    } catch (IOException e) {
      throw new NotAMessage("not gzipped", false);
    }
  }

  private static LinkMessage decode(byte[] json) throws NotAMessage {
    try {
      LinkMessage message = Json.MAPPER.readValue(json, LinkMessage.class);
      if (message == null) {
        throw new NotAMessage("null", false);
      }
      return message;
    } catch (JsonProcessingException e) {
      // Its own words may quote the input.
      throw new NotAMessage("no message of this protocol", false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream(bytes.length / 3);
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** What came is no message. */
  public static final class NotAMessage extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean tooLarge;

    NotAMessage(String message, boolean tooLarge) {
      super(message, null, false, false);
      this.tooLarge = tooLarge;
    }

    public boolean isTooLarge() {
      return tooLarge;
    }
  }
}
