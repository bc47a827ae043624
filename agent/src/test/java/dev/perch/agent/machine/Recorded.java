package dev.perch.agent.machine;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The machines below {@code src/test/resources/machines}. */
public final class Recorded {
  private Recorded() {}

  public static Machine machine(String name) {
    Path folder = folder(name);
    return new Machine(folder.resolve("root"), command -> output(folder, command));
  }

  private static String output(Path folder, List<String> command) throws Unavailable {
    String name = String.join("_", command).replaceFirst("_-o_.*", "");
    try {
      return Files.readString(folder.resolve("tools").resolve(name));
    } catch (NoSuchFileException e) {
      throw new Unavailable(command.getFirst() + " is not installed");
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static Path folder(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Recorded.class.getResource("/machines/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
