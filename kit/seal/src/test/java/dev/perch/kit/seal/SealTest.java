package dev.perch.kit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private static final Binding HERE = new Binding("private_key", "sealed", "7");
  private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path path;
  private KeyFile file;

  @BeforeEach
  void makeKeys() throws IOException {
    path = folder.resolve("seal.keys");
    file = new KeyFile(path);
    file.createIfAbsent();
  }

  @Test
  void whatWasSealedIsOpenedAgainAndNowhereToBeSeen() {
    Seal seal = new Seal(file);

    byte[] sealed = seal.seal(SECRET, HERE);

    assertThat(seal.open(sealed, HERE)).isEqualTo(SECRET);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    assertThat(seal.seal(SECRET, HERE)).as("each has a key of its own").isNotEqualTo(sealed);
  }

  @Test
  void aSecretDoesNotOpenInAnotherRowColumnOrTable() {
    Seal seal = new Seal(file);
    byte[] sealed = seal.seal(SECRET, HERE);

    for (Binding elsewhere :
        new Binding[] {
          new Binding("private_key", "sealed", "8"),
          new Binding("private_key", "other", "7"),
          new Binding("private_key", "seale", "d7"),
        }) {
      assertThatThrownBy(() -> seal.open(sealed, elsewhere))
          .isInstanceOf(SealBrokenException.class);
      assertThatThrownBy(() -> seal.reseal(sealed, elsewhere))
          .isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void noByteCanBeChanged() {
    Seal seal = new Seal(file);
    byte[] sealed = seal.seal(SECRET, HERE);

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> seal.open(changed, HERE))
          .as("byte %d", i)
          .isInstanceOfAny(SealBrokenException.class, UnknownKeyException.class);
    }
    assertThatThrownBy(() -> seal.open(new byte[3], HERE)).isInstanceOf(SealBrokenException.class);
  }

  @Test
  void aNewVersionSealsAnewAndTheOldOneIsNoLongerNeeded() throws IOException {
    byte[] old = new Seal(file).seal(SECRET, HERE);
    assertThat(file.add()).isEqualTo(2);

    Seal seal = new Seal(file);
    byte[] anew = seal.reseal(old, HERE);

    assertThat(Seal.versionOf(old)).isEqualTo(1);
    assertThat(Seal.versionOf(anew)).isEqualTo(2);
    keepOnlyTheLastKey();
    Seal later = new Seal(file);
    assertThat(later.open(anew, HERE)).isEqualTo(SECRET);
    assertThatThrownBy(() -> later.open(old, HERE)).isInstanceOf(UnknownKeyException.class);
  }

  @Test
  void aVersionThatAnotherReplicaReadFirstIsFound() throws IOException {
    Seal behind = new Seal(file);
    file.add();

    byte[] sealed = new Seal(file).seal(SECRET, HERE);

    assertThat(behind.version()).isEqualTo(1);
    assertThat(behind.open(sealed, HERE)).isEqualTo(SECRET);
  }

  @Test
  void aVersionDoesNotGetAnotherKey() throws IOException {
    Seal seal = new Seal(file);
    byte[] sealed = seal.seal(SECRET, HERE);
    Files.delete(path);
    file.createIfAbsent();

    assertThatThrownBy(seal::reload).isInstanceOf(IllegalStateException.class);
    assertThat(seal.open(sealed, HERE)).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing\n", "1 c2hvcnQ=\n", "one AAAA\n", "1\n", "0 AAAA\n", "1 !\n"})
  void aFileThatIsNoneIsRefusedAndNotQuoted(String text) throws IOException {
    Files.writeString(path, text);

    assertThatThrownBy(() -> new Seal(file))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("seal.keys")
        .hasMessageNotContaining("c2hvcnQ=")
        .hasNoCause();
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> new Seal(file))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void keysThatAreThereAreNotReplaced() throws IOException {
    String before = Files.readString(path);

    file.createIfAbsent();

    assertThat(Files.readString(path)).isEqualTo(before);
  }

  private void keepOnlyTheLastKey() throws IOException {
    Files.writeString(path, Files.readAllLines(path).getLast() + "\n");
  }
}
