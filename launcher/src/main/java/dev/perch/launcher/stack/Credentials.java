package dev.perch.launcher.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.perch.contract.Json;
import dev.perch.kit.embedded.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every secret of one stack, generated when it is first asked for and kept in a file that only its
 * owner can read.
 */
public final class Credentials {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private final Path file;
  private final Map<String, Login> logins;

  private Credentials(Path file, Map<String, Login> logins) {
    this.file = file;
    this.logins = logins;
  }

  /** Those of a state folder; none yet if it is new. */
  public static Credentials in(Folders folders) {
    Path file = folders.state().resolve("credentials.json");
    try {
      return new Credentials(
          file,
          Files.exists(file)
              ? Json.MAPPER.readValue(
                  Files.readAllBytes(file), new TypeReference<TreeMap<String, Login>>() {})
              : new TreeMap<>());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  public Path file() {
    return file;
  }

  /** A login that is there already. */
  public Optional<Login> find(String purpose) {
    return Optional.ofNullable(logins.get(purpose));
  }

  /** The login for a purpose, such as {@code postgresql/inventory}; made and kept if it is new. */
  synchronized Login login(String purpose, String user) {
    Login known = logins.get(purpose);
    if (known != null) {
      return known;
    }
    Login fresh = new Login(user, PostgresSettings.newPassword());
    logins.put(purpose, fresh);
    write();
    return fresh;
  }

  private void write() {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (var channel =
              Files.newByteChannel(
                  fresh,
                  EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  OWNER_ONLY);
          var out = Channels.newOutputStream(channel)) {
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(out, logins);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
