package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.host.Hosts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A folder of a host that a certificate is published to. */
final class HostTarget {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Publishes it there; SITE/NAME, or its id. The host makes the key.")
  private @Nullable String host;

  @Mixin private HostFolder folder = new HostFolder();

  /** Adds it to a certificate, if one was given. */
  void into(ObjectNode body, Perch perch) throws Failure, IOException, InterruptedException {
    if (host != null) {
      ObjectNode target = body.putArray("targets").addObject().putObject("host");
      target.put("hostId", new Hosts(perch.inventory()).id(host));
      folder.into(target);
    } else if (folder.isGiven()) {
      throw new Failure(ExitCode.BAD_INPUT, "say which host: --host SITE/NAME");
    }
  }
}
