package dev.perch.certmon.issue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** PEM (RFC 7468). */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String REQUEST = "CERTIFICATE REQUEST";

  private Pem() {}

  static String encode(String label, byte[] der) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The contents of all blocks with the label; text between blocks is passed over.
   *
   * @throws IllegalArgumentException if a block is broken
   */
  static List<byte[]> decode(String label, String text) {
    List<byte[]> contents = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        if (block.getType().equals(label)) {
          contents.add(block.getContent());
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not PEM", e);
    }
    return contents;
  }
}
