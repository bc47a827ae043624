package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path state;

  @Test
  void areKeptWhereOnlyTheirOwnerCanReadThem() throws Exception {
    Folders folders = new Folders(state, state.resolve("perch"));
    folders.create();
    Credentials credentials = Credentials.in(folders);

    Login login = credentials.login("postgresql/inventory", "inventory");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials.file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.state())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(credentials.file())).contains(login.password());
  }

  @Test
  void areTheSameTheNextTime() {
    Folders folders = new Folders(state, state);
    Login first = Credentials.in(folders).login("postgresql", "postgres");

    assertThat(Credentials.in(folders).login("postgresql", "postgres")).isEqualTo(first);
  }

  @Test
  void differFromPurposeToPurposeAndDoNotShow() {
    Credentials credentials = Credentials.in(new Folders(state, state));

    Login one = credentials.login("postgresql/inventory", "inventory");
    Login other = credentials.login("postgresql/keycloak", "keycloak");

    assertThat(one.password()).isNotEqualTo(other.password()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(one.toString()).doesNotContain(one.password());
  }
}
