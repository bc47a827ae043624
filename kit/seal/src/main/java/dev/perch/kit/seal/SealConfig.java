package dev.perch.kit.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where the keys are that seal a service's secrets. */
@ConfigMapping(prefix = "perch.seal")
interface SealConfig {

  /**
   * The file with the key-encryption keys: lines of a version and 32 bytes in Base64. The highest
   * version seals. Keep it apart from the database and its backups.
   */
  Path keyFile();

  /** How often the file is read again and secrets under older versions are sealed anew. */
  @WithDefault("10M")
  Duration lookEvery();
}
