package dev.perch.agent.files;

import dev.perch.agent.apply.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether a set may be in a folder: the host's list must name it or one above it, and from there on
 * nobody else may be able to put something in its place.
 */
final class Place {
  private Place() {}

  static Optional<Violation> check(String text, AllowList allowed, Versions versions)
      throws IOException {
    Path folder = Path.of(text);
    if (!folder.isAbsolute() || !folder.equals(folder.normalize())) {
      return violation("folder.path", text, "write an absolute path without ..");
    }
    Optional<Path> top = allowed.folders().stream().filter(folder::startsWith).findFirst();
    if (top.isEmpty()) {
      return violation(
          "folder.not-allowed", text, "the host's list allows " + shown(allowed.folders()));
    }
    for (Path part : partsBelow(top.get(), folder)) {
      if (Files.isSymbolicLink(part)) {
        return violation("folder.link", part.toString(), "name the folder the link leads to");
      }
      if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
        break;
      }
      if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
        return violation("folder.no-folder", part.toString(), "name a folder");
      }
      if (!Ownership.isOurs(part)) {
        return violation(
            "folder.writable", part.toString(), "others may write it: chmod go-w, chown root");
      }
    }
    return versions.isTaken()
        ? violation("folder.taken", text + "/current", "move away what is there")
        : Optional.empty();
  }

  /** The allowed folder, and what is between it and the set's, which is the last. */
  private static List<Path> partsBelow(Path top, Path folder) {
    int from = Math.max(1, top.getNameCount());
    return IntStream.rangeClosed(from, folder.getNameCount())
        .mapToObj(count -> folder.getRoot().resolve(folder.subpath(0, count)))
        .toList();
  }

  private static String shown(List<Path> folders) {
    return String.join(", ", folders.stream().map(Path::toString).toList());
  }

  private static Optional<Violation> violation(String code, String found, String remedy) {
    return Optional.of(new Violation(code, "/folder", found, remedy));
  }
}
