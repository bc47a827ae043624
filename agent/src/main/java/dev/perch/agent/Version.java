package dev.perch.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Of this software. */
final class Version {
  private Version() {}

  static String read() {
    try (InputStream in =
        Objects.requireNonNull(Version.class.getResourceAsStream("/perch-agent.properties"))) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
