package dev.perch.kit.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program that writes one line a step into a file: as many as told, or for ever. */
final class Counter {
  private Counter() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    int steps = Integer.parseInt(args[1]);
    System.out.println("counting");
    for (int i = 1; i <= steps; i++) {
      step(file, i);
    }
    System.out.println("done");
  }

  private static void step(Path file, int number) throws IOException {
    Files.writeString(file, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
