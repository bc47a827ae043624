package dev.perch.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator of the host may set in {@code /etc/perch/agent.json}. Every field may be
 * left out; one that does not exist is an error.
 *
 * @param stateFolder what the agent keeps: its keys, its identity, what it applied
 * @param allowFolder the lists of folders and commands that documents may use
 * @param proxy {@code host:port} of an HTTP proxy that tunnels by CONNECT; null goes straight
 * @param leftOutInterfaces a regular expression of names of interfaces that containers make
 * @param driftSeconds how often what was applied is read back and repaired
 */
record Settings(
    Path stateFolder,
    Path allowFolder,
    @Nullable String proxy,
    String leftOutInterfaces,
    int driftSeconds) {

  static final Path FILE = Path.of("/etc/perch/agent.json");

  /** Docker and bridge plug-ins, Calico, Cilium, AWS, Flannel, kube-proxy. */
  private static final String CONTAINERS =
      "veth[0-9a-f]{7,8}|cali[0-9a-f]{11}|lxc[0-9a-f]{12}|lxc_health|eni[0-9a-f]{11}"
          + "|cni0|flannel\\..*|kube-ipvs0|nodelocaldns|tunl0";

  private static final ObjectReader READER =
      Json.MAPPER.readerFor(Written.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** As it is in the file. */
  private record Written(
      @Nullable Path stateFolder,
      @Nullable Path allowFolder,
      @Nullable String proxy,
      @Nullable String leftOutInterfaces,
      @Nullable Integer driftSeconds) {}

  Settings {
    if (driftSeconds < 1) {
      throw new IllegalArgumentException("driftSeconds must be at least 1");
    }
    if (proxy != null && !proxy.matches("[^:/@]+:\\d{1,5}")) {
      throw new IllegalArgumentException("proxy must be host:port");
    }
    try {
      Objects.requireNonNull(Pattern.compile(leftOutInterfaces));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("leftOutInterfaces is no regular expression", e);
    }
  }

  /**
   * A file that is not there is an empty one.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Settings read(Path file) {
    try {
      return of(READER.readValue(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return of(new Written(null, null, null, null, null));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  private static Settings of(Written written) {
    return new Settings(
        orElse(written.stateFolder(), Path.of("/var/lib/perch-agent")),
        orElse(written.allowFolder(), Path.of("/etc/perch/agent.d")),
        written.proxy(),
        orElse(written.leftOutInterfaces(), CONTAINERS),
        orElse(written.driftSeconds(), 60));
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  Pattern leftOut() {
    return Pattern.compile(leftOutInterfaces);
  }
}
