package dev.perch.kit.served;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Walks along values in the basic encoding of ITU-T X.690, of definite length and with tags of one
 * byte. Whatever else comes is an {@code IOException}.
 */
final class Ber {
  private static final int LONG = 0x80;

  private final ByteBuffer rest;

  private Ber(ByteBuffer rest) {
    this.rest = rest;
  }

  static Ber of(byte[] values) {
    return new Ber(ByteBuffer.wrap(values));
  }

  /**
   * Reads one value, and not a byte more.
   *
   * @param most the length of its content that is bearable
   */
  static Ber read(InputStream in, int most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(next(in));
    int length = next(in);
    bytes.write(length);
    if (length >= LONG) {
      int octets = length - LONG;
      if (octets == 0 || octets > 3) {
        throw malformed();
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        int octet = next(in);
        bytes.write(octet);
        length = length << 8 | octet;
      }
    }
    if (length > most) {
      throw malformed();
    }
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException();
    }
    bytes.writeBytes(content);
    return of(bytes.toByteArray());
  }

  /** A value that is shorter than 128 bytes. */
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    value.write(content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  /** The tag of the next value. */
  int tag() throws IOException {
    if (!rest.hasRemaining()) {
      throw malformed();
    }
    return rest.get(rest.position()) & 0xff;
  }

  /** Steps over the next value, which has this tag, and gives what is in it. */
  Ber enter(int tag) throws IOException {
    return of(take(tag));
  }

  byte[] take(int tag) throws IOException {
    if (tag() != tag) {
      throw malformed();
    }
    rest.get();
    byte[] content = new byte[length()];
    rest.get(content);
    return content;
  }

  void skip(int tag) throws IOException {
    var _ = take(tag);
  }

  private int length() throws IOException {
    int octets = 0;
    int length = octet();
    if (length >= LONG) {
      octets = length - LONG;
      length = 0;
    }
    if (octets > 3) {
      throw malformed();
    }
    for (int i = 0; i < octets; i++) {
      length = length << 8 | octet();
    }
    if (length > rest.remaining()) {
      throw malformed();
    }
    return length;
  }

  private int octet() throws IOException {
    if (!rest.hasRemaining()) {
      throw malformed();
    }
    return rest.get() & 0xff;
  }

  private static int next(InputStream in) throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException();
    }
    return octet;
  }

  private static IOException malformed() {
    return new IOException("the answer has another shape");
  }
}
