package dev.perch.agent.keys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Values in the distinguished encoding of ITU-T X.690, as far as a PKCS #10 request needs them. */
final class Der {
  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(0x31, parts);
  }

  static byte[] version(int number) {
    return tagged(0x02, new byte[] {(byte) number});
  }

  static byte[] utf8(String text) {
    return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  /** NULL. */
  static byte[] nothing() {
    return tagged(0x05);
  }

  /** Whole bytes of bits. */
  static byte[] bits(byte[] content) {
    return tagged(0x03, new byte[] {0}, content);
  }

  static byte[] objectIdentifier(int... arcs) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      base128(arcs[i], content);
    }
    return tagged(0x06, content.toByteArray());
  }

  /** Of class context-specific: primitive if the tag says so. */
  static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    length(content.size(), value);
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  private static void length(int length, ByteArrayOutputStream to) {
    if (length < 0x80) {
      to.write(length);
    } else if (length < 0x100) {
      to.write(0x81);
      to.write(length);
    } else {
      to.write(0x82);
      to.write(length >> 8);
      to.write(length);
    }
  }

  private static void base128(int arc, ByteArrayOutputStream to) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >> shift != 0) {
        to.write(0x80 | (arc >> shift & 0x7f));
      }
    }
    to.write(arc & 0x7f);
  }
}
