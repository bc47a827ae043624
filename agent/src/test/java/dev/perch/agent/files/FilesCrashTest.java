package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.apply.Driver.Failed;
import dev.perch.contract.Json;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The driver is killed at every step of a change. At each moment the host has the old set or the
 * new one, whole; the next attempt finishes what was begun.
 */
class FilesCrashTest {
  private static final String STATE = "dev.perch.agent.state.";
  private static final String HERE = "dev.perch.agent.files.";

  @TempDir Path top;
  @RegisterExtension final Victims victims = new Victims();

  @BeforeEach
  void theOldSetIsInForce() throws Exception {
    Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path list = Files.createDirectory(top.resolve("agent.d")).resolve("site.json");
    Files.writeString(
        list,
        Json.MAPPER.writeValueAsString(
            Map.of(
                "folders", List.of(top.toString()),
                "commands", List.of(List.of(top.resolve("reload").toString())))));
    // It takes what it finds, unless that is bad.
    Path reload = top.resolve("reload");
    Path current = OneSet.folder(top).resolve("current/a");
    Files.writeString(
        reload,
        "#!/bin/sh\ngrep -q bad %s && exit 1\ncat %s >%s\n"
            .formatted(current, current, top.resolve("loaded")));
    Files.setPosixFilePermissions(reload, PosixFilePermissions.fromString("rwx------"));
    OneSet.apply(top, "old");
  }

  @ParameterizedTest(name = "{0}.{1}, entry {2}")
  @CsvSource({
    "Versions, build, 1",
    "Versions, delete, 1",
    "Versions, makeFolder, 1",
    "Versions, write, 1",
    "Versions, write, 2",
    "Versions, switchTo, 1",
    "Versions, keepOnly, 1",
    "Journal, write, 1",
    "Journal, write, 2",
    "Reload, run, 1",
    "Placement, settle, 1",
    "Durable, create, 1",
    "Durable, create, 2",
    "Durable, create, 3",
    "Durable, create, 4",
    "Durable, rename, 1",
    "Durable, rename, 2",
    "Durable, rename, 3",
    "Durable, rename, 4",
    "Durable, sync, 1",
    "Durable, sync, 2",
    "Durable, sync, 3",
    "Durable, sync, 4",
    "Durable, sync, 5",
    "Durable, sync, 6",
  })
  void aChangeThatIsKilledIsFinishedByTheNextAttempt(String type, String method, int entry)
      throws Exception {
    kill("new", type, method, entry);

    assertThat(inForce()).isIn("old", "new");
    OneSet.apply(top, "new");
    assertThat(inForce()).isEqualTo("new");
    assertThat(top.resolve("loaded")).hasContent("new");
    assertThat(OneSet.plan(top, "new").difference()).isNull();
    assertThat(OneSet.folder(top).resolve("versions/.new")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}.{1}, entry {2}")
  @CsvSource({
    "Versions, switchTo, 1",
    "Reload, run, 1",
    "Placement, goBack, 1",
    "Versions, switchTo, 2",
    "Journal, write, 2",
    "Reload, run, 2",
    "Durable, rename, 4",
    "Durable, rename, 5",
  })
  void aRollbackThatIsKilledIsFinishedByTheNextAttempt(String type, String method, int entry)
      throws Exception {
    kill("bad", type, method, entry);

    assertThat(inForce()).isIn("old", "bad");
    try {
      OneSet.apply(top, "bad");
      throw new AssertionError("the reload must fail");
    } catch (Failed e) {
      assertThat(e.reason()).isEqualTo("ReloadFailed");
    }
    assertThat(inForce()).isEqualTo("old");
    assertThat(top.resolve("loaded")).hasContent("old");
  }

  private void kill(String text, String type, String method, int entry) {
    String name = (type.equals("Durable") ? STATE : HERE) + type;
    Victim victim = victims.start(Victim.of(OneSet.class, top, text).killedAt(name, method, entry));
    victim.awaitHalt();
  }

  /** What both files say, which must be the same. */
  private String inForce() throws IOException {
    Path current = OneSet.folder(top).resolve("current");
    assertThat(Files.exists(current, LinkOption.NOFOLLOW_LINKS)).isTrue();
    String said = Files.readString(current.resolve("a"));
    assertThat(current.resolve("deep/b")).hasContent(said);
    return said;
  }
}
