package dev.perch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
  @TempDir Path temp;

  @Test
  void onlyTheOwnerMayLook() throws IOException {
    StateFolder folder = StateFolder.at(temp.resolve("state"));
    folder.write("a", Map.of("x", 1));

    assertThat(Files.getPosixFilePermissions(temp.resolve("state")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(temp.resolve("state/a.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whatIsWrittenIsReadAndWhatIsDeletedIsGone() {
    StateFolder folder = StateFolder.at(temp.resolve("state"));
    folder.write("a", List.of(1, 2));
    folder.write("a", List.of(3));
    folder.write("b", List.of(4));

    folder.delete("b");

    assertThat(folder.read("a", List.class)).contains(List.of(3));
    assertThat(folder.read("b", List.class)).isEmpty();
    assertThat(folder.names()).containsExactly("a");
  }

  @Test
  void aNameOfTwoWordsIsANameToo() {
    StateFolder folder = StateFolder.at(temp.resolve("state"));
    folder.write("a", 1);
    folder.write("a.b", 2);

    assertThat(folder.names()).containsExactly("a", "a.b");
    assertThat(folder.read("a.b", Integer.class)).contains(2);
  }

  @Test
  void aDamagedFileIsAsIfItWereLost() throws IOException {
    StateFolder folder = StateFolder.at(temp.resolve("state"));
    Files.writeString(temp.resolve("state/a.json"), "{\"x\":");

    assertThat(folder.read("a", Map.class)).isEmpty();
  }

  @Test
  void whatACrashLeftIsReplaced() throws IOException {
    StateFolder folder = StateFolder.at(temp.resolve("state"));
    Files.writeString(temp.resolve("state/.a.new"), "half");

    folder.write("a", List.of(1));

    assertThat(folder.read("a", List.class)).contains(List.of(1));
    assertThat(folder.names()).containsExactly("a");
  }

  @Test
  void aFolderThatSomebodyDeletesIsEmptyAndMadeAgain() throws IOException {
    StateFolder folder = StateFolder.at(temp.resolve("state"));
    Files.delete(temp.resolve("state"));

    assertThat(folder.names()).isEmpty();
    assertThat(folder.read("a", List.class)).isEmpty();
    folder.write("a", List.of(1));

    assertThat(folder.read("a", List.class)).contains(List.of(1));
    assertThat(Files.getPosixFilePermissions(temp.resolve("state")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/b", "", ".", "a.", ".b", "a..b", "a.b.c", "-a"})
  void aNameThatLeadsElsewhereIsRefused(String name) {
    StateFolder folder = StateFolder.at(temp.resolve("state"));

    assertThatThrownBy(() -> folder.write(name, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
