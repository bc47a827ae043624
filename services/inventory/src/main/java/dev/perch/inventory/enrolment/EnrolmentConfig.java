package dev.perch.inventory.enrolment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How agents find and know this Perch. */
@ConfigMapping(prefix = "perch.enrolment")
public interface EnrolmentConfig {

  /** The name of this Perch in every proof an agent gives. It must never change. */
  @WithDefault("perch")
  String server();

  /** Where agents connect, https://host:port, in the order they try. */
  Optional<List<URI>> endpoints();

  /**
   * A PEM file with the certificate of the authority that signs the link's certificate, and of a
   * spare one whose key is kept elsewhere. Agents trust their public keys and nothing else.
   */
  Optional<Path> authorities();

  /** How often to look whether these settings have changed; agents are then told. */
  @WithDefault("30S")
  Duration lookEvery();

  /** How long a token is good when its request does not say. */
  @WithDefault("1H")
  Duration validFor();
}
