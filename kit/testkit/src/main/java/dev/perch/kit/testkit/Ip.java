package dev.perch.kit.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The program {@code ip} of iproute2. */
final class Ip {
  private static final Pattern OURS = Pattern.compile("^(perch-(\\d+)-p[0-9a-f]+-(?:in|way))\\b.*");

  /** Runs {@code ip} and returns what it prints. */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.onExit().join().exitValue() == 0) {
        return output;
      }
      throw notPossible(String.join(" ", command) + ": " + output.strip(), null);
    } catch (IOException e) {
      throw notPossible(String.valueOf(e.getMessage()), e);
    }
  }

  /** A /29 of 10.255.0.0/16 that nobody on this machine has a route to. */
  String unusedNetwork() {
    while (true) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      String network = "10.255.%d.%d".formatted(random.nextInt(256), 8 * random.nextInt(32));
      if (run("-4", "route", "show", "root", network + "/29").isBlank()) {
        return network;
      }
    }
  }

  void removeLink(String name) {
    if (run("-o", "link", "show").contains(" " + name + "@")) {
      run("link", "delete", name);
    }
  }

  void removeNamespace(String name) {
    if (namespaces().contains(name)) {
      run("netns", "delete", name);
    }
  }

  /** Removes the namespaces of test JVMs that are no more. */
  void removeAbandoned() {
    for (String name : namespaces()) {
      Matcher ours = OURS.matcher(name);
      if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(2))).isEmpty()) {
        removeNamespace(name);
      }
    }
  }

  private List<String> namespaces() {
    return run("netns", "list").lines().map(line -> line.split(" ")[0]).toList();
  }

  private static AssertionError notPossible(String reason, @Nullable Throwable cause) {
    return new AssertionError(
        "This test needs a network namespace and cannot make one. It takes root and iproute2:"
            + " run it as root (or in a container with CAP_NET_ADMIN and CAP_SYS_ADMIN) after"
            + " 'apt-get install iproute2'. What happened: "
            + reason,
        cause);
  }
}
