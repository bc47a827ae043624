package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A folder of a host, whichever host it is. */
final class HostFolder {
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

  boolean isGiven() {
    return !reload.isEmpty()
        || Stream.of(folder, owner, group, mode, probe, serverName, startTls)
            .anyMatch(Objects::nonNull);
  }

  void into(ObjectNode target) {
    Said.text(target, "folder", folder);
    Said.text(target, "owner", owner);
    Said.text(target, "group", group);
    Said.text(target, "mode", mode);
    reload.forEach(word -> target.withArray("reload").add(word));
    if (probe != null || serverName != null || startTls != null) {
      ObjectNode asked = target.putObject("probe");
      Said.text(asked, "address", probe);
      Said.text(asked, "serverName", serverName);
      Said.text(asked, "startTls", startTls);
    }
  }
}
