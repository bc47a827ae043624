package dev.perch.kit.seal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where a secret belongs. It is authenticated with the secret: one that is copied into another row
 * or column does not open there.
 *
 * @param table the table
 * @param column the column of the table
 * @param row the row's primary key as text
 */
public record Binding(String table, String column, String row) {

  /** What is authenticated: each part with its length before it, so that no two read the same. */
  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (String part : new String[] {table, column, row}) {
        byte[] text = part.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
