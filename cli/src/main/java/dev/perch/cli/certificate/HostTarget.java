package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.host.Hosts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A folder of a host that a certificate is published to. */
final class HostTarget {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Publishes it there; SITE/NAME, or its id. The host makes the key.")
  private @Nullable String host;

  @Option(names = "--folder", paramLabel = "PATH", description = "Of the host, for the files.")
  private @Nullable String folder;

  @Option(names = "--owner", paramLabel = "USER", description = "Of the files.")
  private @Nullable String owner;

  @Option(names = "--group", paramLabel = "GROUP", description = "Of the files.")
  private @Nullable String group;

  @Option(names = "--mode", paramLabel = "MODE", description = "Of the key: 0600 unless given.")
  private @Nullable String mode;

  @Option(
      names = "--reload",
      paramLabel = "WORD",
      description = "The command to run after a change, word by word: --reload nginx --reload -s …")
  private List<String> reload = List.of();

  @Option(
      names = "--probe",
      paramLabel = "ADDRESS",
      description = "An IP address of the host, where it looks up what is served: 127.0.0.1:8443.")
  private @Nullable String probe;

  @Option(names = "--server-name", paramLabel = "NAME", description = "What the probe asks for.")
  private @Nullable String serverName;

  @Option(names = "--starttls", paramLabel = "KIND", description = "NONE, POSTGRES or LDAP.")
  private @Nullable String startTls;

  /** Adds it to a certificate, if one was given. */
  void into(ObjectNode body, Perch perch) throws Failure, IOException, InterruptedException {
    if (host == null) {
      if (folder != null || probe != null || !reload.isEmpty()) {
        throw new Failure(ExitCode.BAD_INPUT, "say which host: --host SITE/NAME");
      }
      return;
    }
    ObjectNode target = body.putArray("targets").addObject().putObject("host");
    target.put("hostId", new Hosts(perch.inventory()).id(host));
    put(target, "folder", folder);
    put(target, "owner", owner);
    put(target, "group", group);
    put(target, "mode", mode);
    if (!reload.isEmpty()) {
      reload.forEach(target.withArray("reload")::add);
    }
    if (probe != null) {
      ObjectNode asked = target.putObject("probe").put("address", probe);
      put(asked, "serverName", serverName);
      put(asked, "startTls", startTls);
    }
  }

  private static void put(ObjectNode object, String field, @Nullable String value) {
    if (value != null) {
      object.put(field, value);
    }
  }
}
