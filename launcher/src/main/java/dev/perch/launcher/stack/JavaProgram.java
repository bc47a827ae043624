package dev.perch.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A program that runs in a JVM of its own, on the JDK the launcher runs on.
 *
 * @param name of the program; replicas share it
 * @param flags of the JVM
 * @param target {@code -jar X} or {@code -cp X Main}
 * @param jars everything on its class path
 * @param arguments of the program
 */
record JavaProgram(
    String name, List<String> flags, List<String> target, List<Path> jars, List<String> arguments) {

  JavaProgram {
    flags = List.copyOf(flags);
    target = List.copyOf(target);
    jars = List.copyOf(jars);
    arguments = List.copyOf(arguments);
  }

  List<String> command(List<String> moreFlags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(moreFlags);
    command.addAll(target);
    command.addAll(arguments);
    return command;
  }

  /**
   * The same for the same jars, JDK and flags, system properties aside. Jars count by path, size
   * and time, which is what the JVM itself compares.
   */
  String stamp() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    List<String> facts = new ArrayList<>();
    facts.add(System.getProperty("java.home"));
    facts.add(System.getProperty("java.vm.version"));
    flags.stream().filter(flag -> !flag.startsWith("-D")).forEach(facts::add);
    facts.addAll(target);
    try {
      for (Path jar : jars) {
        facts.add(jar.toString());
        facts.add(Long.toString(Files.size(jar)));
        facts.add(Files.getLastModifiedTime(jar).toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class path of " + name, e);
    }
    byte[] hash = digest.digest(String.join("\n", facts).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 8);
  }
}
