package dev.perch.agent.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine to collect facts from. Paths are written as they are on the machine, {@code
 * /sys/class/net}, and looked up below a root that may be a recording.
 */
public final class Machine {
  /** The kernel's files are small; what is not, is no fact. */
  private static final int MOST = 1 << 20;

  private final Path root;
  private final Tools tools;

  public Machine(Path root, Tools tools) {
    this.root = root;
    this.tools = tools;
  }

  /**
   * A file's text without white space around it; empty if the file is not there, holds nothing or
   * has no value now, as the speed of an interface that is down.
   *
   * @throws Unavailable if it may not be read
   */
  public Optional<String> text(String path) throws Unavailable {
    return bytes(path)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .filter(text -> !text.isEmpty());
  }

  /** The same, as bytes. */
  public Optional<byte[]> bytes(String path) throws Unavailable {
    try (InputStream in = Files.newInputStream(at(path))) {
      return Optional.of(in.readNBytes(MOST));
    } catch (AccessDeniedException e) {
      throw new Unavailable("no permission to read " + path);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A file's text as a number; empty as for {@link #text}, and if it is none.
   *
   * @throws Unavailable if it may not be read
   */
  public Optional<Long> number(String path) throws Unavailable {
    return text(path).flatMap(Numbers::whole);
  }

  /** Whether a file says yes: {@code 1} or {@code Y}. */
  public boolean flag(String path) throws Unavailable {
    return text(path).filter(text -> text.equals("1") || text.equalsIgnoreCase("y")).isPresent();
  }

  /** The names in a folder, sorted; none if it is not there. */
  public List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(folder))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException e) {
      return List.of();
    }
    names.sort(null);
    return List.copyOf(names);
  }

  public boolean exists(String path) {
    return Files.exists(at(path));
  }

  /** The last name in the target of a symbolic link; empty if it is none. */
  public Optional<String> target(String link) {
    return targetPath(link).map(target -> target.substring(target.lastIndexOf('/') + 1));
  }

  /** The target of a symbolic link, as it is written. */
  public Optional<String> targetPath(String link) {
    try {
      return Optional.of(Files.readSymbolicLink(at(link)).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** What a tool prints. */
  public String tool(String... command) throws Unavailable {
    return tools.run(List.of(command));
  }

  /** The JSON a tool prints. */
  public JsonNode json(String... command) throws Unavailable {
    String text = tool(command);
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Unavailable(command[0] + " printed no JSON");
    }
  }

  /** Where a path of the machine is. */
  public Path at(String path) {
    return root.resolve(path.substring(1));
  }
}
