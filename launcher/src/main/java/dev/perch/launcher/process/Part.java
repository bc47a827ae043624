package dev.perch.launcher.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One long-running process, as data.
 *
 * @param name unique in the plan; also the name of its log
 * @param needs the steps that must be done or ready before it starts
 * @param start how it is started
 * @param serves where it can be reached
 * @param stop how it is stopped
 * @param aotCache the cache of classes and profiles that its JVM is told to use, if any
 */
public record Part(
    String name,
    Kind kind,
    Set<String> needs,
    Start start,
    Serves serves,
    Stop stop,
    Optional<Path> aotCache)
    implements Step {

  public Part {
    needs = Set.copyOf(needs);
  }

  /** What a part is for. */
  public enum Kind {
    BROKER,
    DATABASE,
    IDENTITY,
    SERVICE,
    AGENT
  }

  /**
   * @param environment added to the launcher's own
   * @param inputs anything else that makes the process a different one, such as the stamp of its
   *     jar
   */
  public record Start(
      List<String> command, Map<String, String> environment, Path folder, Path log, String inputs) {
    public Start {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /**
     * The same, at the lowest priority: it runs when nothing else wants to. A priority counts among
     * the processes of a session only, where the kernel groups them by session; then the group's
     * own one is what has to be lowered.
     */
    Start inBackground() {
      List<String> lowered =
          new ArrayList<>(
              List.of(
                  "sh",
                  "-c",
                  "{ echo 19 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 19 \"$@\"",
                  "background"));
      lowered.addAll(command);
      return new Start(lowered, environment, folder, log, inputs);
    }

    /** Hides the environment, which holds secrets. */
    @Override
    public String toString() {
      return "Start[" + String.join(" ", command) + "]";
    }
  }

  /**
   * @param address what a user needs to reach it: a URL, or host and port
   * @param ports the TCP ports on 127.0.0.1 it is going to listen on
   */
  public record Serves(String address, List<Integer> ports, Probe ready) {
    public Serves {
      ports = List.copyOf(ports);
    }
  }

  /**
   * @param patience how long it may take to end after the signal; then it is killed
   */
  public record Stop(StopSignal signal, Duration patience) {
    public static final Stop TERMINATE = new Stop(StopSignal.TERM, Duration.ofSeconds(10));
    public static final Stop INTERRUPT = new Stop(StopSignal.INT, Duration.ofSeconds(10));
  }

  /** The same part, at the lowest priority. */
  Part inBackground() {
    return new Part(name, kind, needs, start.inBackground(), serves, stop, aotCache);
  }

  /**
   * Two parts with the same fingerprint do the same thing; a running process with another one has
   * to be replaced. A cache only makes it start faster, so it does not count. A hash, because the
   * environment holds secrets.
   */
  public String fingerprint() {
    String all =
        String.join(
            "\n",
            start.command().stream()
                .filter(word -> !word.startsWith("-XX:AOTCache"))
                .collect(Collectors.joining("\0")),
            new TreeMap<>(start.environment()).toString(),
            start.folder().toString(),
            start.inputs());
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
