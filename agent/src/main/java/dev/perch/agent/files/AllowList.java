package dev.perch.agent.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the host's administrator lets documents do; the centre never changes it. It is read anew for
 * each document. A file that others may write is as good as none.
 *
 * @param folders a file set may be in one of these, or below
 * @param commands that may be run, word by word
 */
record AllowList(List<Path> folders, List<List<String>> commands) {
  private static final Logger LOG = LoggerFactory.getLogger(AllowList.class);
  private static final ObjectReader READER =
      Json.MAPPER.readerFor(Written.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** A file of the list. */
  private record Written(@Nullable List<Path> folders, @Nullable List<List<String>> commands) {}

  AllowList {
    folders = List.copyOf(folders);
    commands = commands.stream().map(List::copyOf).toList();
  }

  /**
   * @param folder whose files {@code *.json} are the list
   * @param always what is allowed without being listed: the agent's own folder
   */
  static AllowList read(Path folder, Path always) {
    List<Path> folders = new ArrayList<>(List.of(always));
    List<List<String>> commands = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        read(file, folders, commands);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Nothing more is allowed.
    } catch (IOException e) {
      ignore(folder, String.valueOf(e.getMessage()));
    }
    return new AllowList(folders, commands);
  }

  private static void read(Path file, List<Path> folders, List<List<String>> commands)
      throws IOException {
    if (!Ownership.isOurs(file) || !Ownership.isOurs(Ownership.parent(file))) {
      ignore(file, "others may write it");
      return;
    }
    try {
      Written written = READER.readValue(Files.readAllBytes(file));
      if (written.folders() != null) {
        written.folders().stream()
            .filter(folder -> folder.isAbsolute() && folder.equals(folder.normalize()))
            .forEach(folders::add);
      }
      if (written.commands() != null) {
        commands.addAll(written.commands());
      }
    } catch (JsonProcessingException e) {
      ignore(file, e.getOriginalMessage());
    }
  }

  private static void ignore(Path file, String reason) {
    LOG.atError()
        .addKeyValue("file", file)
        .addKeyValue("reason", reason)
        .log("A list of what is allowed is ignored");
  }
}
