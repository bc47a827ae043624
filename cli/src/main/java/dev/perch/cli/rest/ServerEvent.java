package dev.perch.cli.rest;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A server-sent event (WHATWG HTML section 9.2).
 *
 * @param id where to go on from
 * @param data empty for a beat, which only moves the id
 */
record ServerEvent(String id, String type, String data) {

  /** Reads the next one; null at the end. */
  static @Nullable ServerEvent read(BufferedReader lines) throws IOException {
    String id = "";
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!id.isEmpty() || !data.isEmpty()) {
          return new ServerEvent(id, type, data.toString());
        }
      } else if (line.startsWith("id:")) {
        id = value(line);
      } else if (line.startsWith("event:")) {
        type = value(line);
      } else if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(value(line));
      }
    }
    return null;
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
