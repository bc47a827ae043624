package dev.perch.certmon;

import dev.perch.kit.seal.KeyFile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file with a key that seals what the application under test keeps. */
public final class SealKeys implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try {
      Path file = Files.createTempDirectory("seal").resolve("seal.keys");
      new KeyFile(file).createIfAbsent();
      return Map.of("perch.seal.key-file", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The file goes with the machine's temporary folder.
  }
}
