package dev.perch.agent.files;

import dev.perch.agent.state.Durable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a set:
 *
 * <pre>
 *   folder/current → versions/3f0c…
 *   folder/versions/3f0c…/conf.d/site.conf
 * </pre>
 *
 * A version is built under another name, is on the disk before it gets its own, and is never
 * changed afterwards.
 */
final class Versions {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> UNREADABLE =
      PosixFilePermissions.fromString("rw-------");
  private static final String CURRENT = "current";

  private final Path folder;
  private final Path versions;

  Versions(Path folder) {
    this.folder = folder;
    this.versions = folder.resolve("versions");
  }

  /** The version in force; empty if there is none. */
  Optional<String> current() throws IOException {
    try {
      Path target = Files.readSymbolicLink(folder.resolve(CURRENT));
      boolean ours = target.getNameCount() == 2 && target.startsWith(Path.of("versions"));
      return ours ? Optional.of(target.getName(1).toString()) : Optional.empty();
    } catch (NoSuchFileException | NotLinkException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code current} is something this driver did not make. */
  boolean isTaken() throws IOException {
    return Files.exists(folder.resolve(CURRENT), LinkOption.NOFOLLOW_LINKS) && current().isEmpty();
  }

  /** How a version differs from what is wanted, a line for each difference; none if it does not. */
  List<String> differences(String version, Wanted wanted, Function<String, Optional<byte[]>> keys)
      throws IOException {
    Path top = versions.resolve(version);
    if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      return List.of("there is no version " + version);
    }
    List<String> differences = new ArrayList<>();
    Map<String, BasicFileAttributes> found = found(top, differences);
    for (Wanted.File file : wanted.files()) {
      BasicFileAttributes attributes = found.remove(file.path());
      if (attributes == null) {
        differences.add(file.path() + " is missing");
      } else if (!attributes.isRegularFile()) {
        differences.add(file.path() + " is no regular file");
      } else {
        compare(top.resolve(file.path()), file, keys).ifPresent(differences::add);
      }
    }
    found.keySet().forEach(extra -> differences.add(extra + " does not belong there"));
    return differences;
  }

  /** Everything below a folder that is no folder; folders must be as they were made. */
  private static Map<String, BasicFileAttributes> found(Path top, List<String> differences)
      throws IOException {
    Map<String, BasicFileAttributes> found = new TreeMap<>();
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes)
              throws IOException {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(below);
            if (!permissions.equals(FOLDER) || !Ownership.isOurs(below)) {
              String mode = PosixFilePermissions.toString(permissions);
              differences.add("the folder " + top.relativize(below) + " has mode " + mode);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.put(top.relativize(file).toString(), attributes);
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static Optional<String> compare(
      Path path, Wanted.File file, Function<String, Optional<byte[]>> keys) throws IOException {
    var attributes =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (!attributes.permissions().equals(file.permissions())) {
      String mode = PosixFilePermissions.toString(attributes.permissions());
      return Optional.of(file.path() + " has mode " + mode);
    }
    if (!attributes.owner().getName().equals(file.owner())) {
      return Optional.of(file.path() + " belongs to " + attributes.owner().getName());
    }
    if (!file.group().isEmpty() && !attributes.group().getName().equals(file.group())) {
      return Optional.of(file.path() + " belongs to the group " + attributes.group().getName());
    }
    return Arrays.equals(content(file, keys).orElse(null), Files.readAllBytes(path))
        ? Optional.empty()
        : Optional.of(file.path() + " has another content");
  }

  /** Builds a version and gives it a name, which is the wanted one unless that is spoilt. */
  String build(Wanted wanted, Function<String, Optional<byte[]>> keys) throws IOException {
    String name = wanted.version();
    for (int spoilt = 2;
        Files.exists(versions.resolve(name), LinkOption.NOFOLLOW_LINKS);
        spoilt++) {
      if (differences(name, wanted, keys).isEmpty()) {
        return name;
      }
      name = wanted.version() + "-" + spoilt;
    }
    makeFolders();
    Path fresh = versions.resolve(".new");
    delete(fresh);
    makeFolder(fresh);
    Set<Path> folders = new TreeSet<>(Set.of(fresh));
    for (Wanted.File file : wanted.files()) {
      Path path = fresh.resolve(file.path());
      makeFolders(fresh, Ownership.parent(path), folders);
      write(path, file, content(file, keys).orElseThrow());
    }
    for (Path made : folders) {
      Durable.sync(made);
    }
    Durable.rename(fresh, versions.resolve(name));
    return name;
  }

  /** Puts a version in force: at each moment there is the old one or the new one. */
  void switchTo(String version) throws IOException {
    Path link = folder.resolve(".current.new");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("versions", version));
    Durable.rename(link, folder.resolve(CURRENT));
  }

  /** Takes everything away that this driver has made. */
  void remove() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (current().isPresent()) {
      Files.delete(folder.resolve(CURRENT));
    }
    Files.deleteIfExists(folder.resolve(".current.new"));
    delete(versions);
    Durable.sync(folder);
  }

  /** Takes away all versions but these. */
  void keepOnly(Set<String> kept) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(versions)) {
      for (Path version : all) {
        if (!kept.contains(String.valueOf(version.getFileName()))) {
          delete(version);
        }
      }
    }
  }

  private void makeFolders() throws IOException {
    makeMissing(folder);
    makeMissing(versions);
  }

  private static void makeMissing(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Path above = Ownership.parent(path);
      makeMissing(above);
      makeFolder(path);
      Durable.sync(above);
    }
  }

  private static void makeFolders(Path top, Path path, Set<Path> made) throws IOException {
    if (path.equals(top) || made.contains(path)) {
      return;
    }
    makeFolders(top, Ownership.parent(path), made);
    makeFolder(path);
    made.add(path);
  }

  private static void makeFolder(Path path) throws IOException {
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(FOLDER));
    Files.setPosixFilePermissions(path, FOLDER);
  }

  private static void write(Path path, Wanted.File file, byte[] content) throws IOException {
    Durable.create(path, content, UNREADABLE);
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
    if (!view.getOwner().getName().equals(file.owner())) {
      view.setOwner(users.lookupPrincipalByName(file.owner()));
    }
    if (!file.group().isEmpty()) {
      view.setGroup(users.lookupPrincipalByGroupName(file.group()));
    }
    view.setPermissions(file.permissions());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Optional<byte[]> content(
      Wanted.File file, Function<String, Optional<byte[]>> keys) {
    return file.key() == null ? Optional.ofNullable(file.content()) : keys.apply(file.key());
  }

  /** A tree, whose links are not followed. */
  private static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
