package dev.perch.agent.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.agent.files.FilesDriver;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Observed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in force is looked after while what is wanted cannot be had. */
class ApplierTest {
  private static final Duration DRIFT = Duration.ofMillis(200);

  @TempDir Path top;
  private final List<Observed> said = new CopyOnWriteArrayList<>();
  private Path folder;
  private Path reloads;
  private Path reload;
  private Applier applier;
  private Thread thread;

  @BeforeEach
  void anAgentWhoseReloadTakesWhatIsGood() throws Exception {
    Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = top.resolve("web");
    reloads = top.resolve("reloads");
    reload = top.resolve("reload");
    Files.writeString(
        reload,
        "#!/bin/sh\ncat %s/current/a >>%s\ngrep -q good %s/current/a\n"
            .formatted(folder, reloads, folder));
    Files.setPosixFilePermissions(reload, PosixFilePermissions.fromString("rwx------"));
    Path lists = Files.createDirectory(top.resolve("agent.d"));
    Files.setPosixFilePermissions(lists, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        lists.resolve("site.json"),
        Json.MAPPER.writeValueAsString(
            Map.of(
                "folders",
                List.of(folder.toString(), top.resolve("other").toString()),
                "commands",
                List.of(List.of(reload.toString())))));
    start();
    applier.desired(document(7, folder, "good 7\n"));
    await().until(() -> generationInForce() == 7);
  }

  @AfterEach
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  @Test
  void driftIsRepairedWhileTheReloadOfTheNewestFails() throws Exception {
    applier.desired(document(8, folder, "bad\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("ReloadFailed"));

    Files.writeString(folder.resolve("current/a").toRealPath(), "tampered");

    awaitRepair();
    assertThat(last().generation()).isEqualTo(7);
    assertThat(status("Applied")).isEqualTo(Condition.Status.FALSE);
    assertThat(Files.readAllLines(reloads))
        .as("the newest is tried again after 5 s, not whenever the other is looked at")
        .containsOnlyOnce("bad");
  }

  @Test
  void driftIsRepairedWhileTheNewestIsRefused() throws Exception {
    applier.desired(document(8, top.resolve("not-allowed"), "good 8\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("Refused"));

    Files.delete(folder.resolve("current"));

    awaitRepair();
    assertThat(last().readBack()).as("what is wrong is still said").isNotNull();
  }

  @Test
  void driftIsRepairedAfterARestartToo() throws Exception {
    applier.desired(document(8, folder, "bad\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("ReloadFailed"));
    stop();
    Files.writeString(folder.resolve("current/a").toRealPath(), "tampered");

    start();

    awaitRepair();
  }

  @Test
  void aSetThatCannotMoveIsBackInItsPlace() throws Exception {
    applier.desired(document(8, top.resolve("other"), "bad\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("ReloadFailed"));

    await().untilAsserted(() -> assertThat(folder.resolve("current/a")).hasContent("good 7\n"));
    assertThat(top.resolve("other/current")).doesNotExist();
  }

  @Test
  void whatCannotBeRepairedIsSaid() throws Exception {
    applier.desired(document(8, folder, "bad\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("ReloadFailed"));
    Files.writeString(top.resolve("agent.d/site.json"), "{}");

    Files.writeString(folder.resolve("current/a").toRealPath(), "tampered");

    await().until(() -> status("DriftRepaired") == Condition.Status.FALSE);
    assertThat(last().conditions().getLast().message())
        .startsWith("generation 7: ")
        .contains("folder.not-allowed");
  }

  @Test
  void theNextGoodDocumentEndsIt() {
    applier.desired(document(8, folder, "bad\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("ReloadFailed"));

    applier.desired(document(9, folder, "good 9\n"));

    await().until(() -> generationInForce() == 9);
    assertThat(folder.resolve("current/a")).hasContent("good 9\n");
    assertThat(last().conditions())
        .extracting(Condition::type)
        .containsExactly("Applied", "Verified");
  }

  @Test
  void whatWasWithdrawnIsNotKept() {
    applier.desired(document(8, folder, "bad\n"));
    await().until(() -> last().conditions().getFirst().reason().equals("ReloadFailed"));
    applier.desired(Desired.withdrawn("web"));
    await().until(() -> last().generation() == 0);

    applier.desired(document(1, top.resolve("not-allowed"), "good\n"));

    await().until(() -> status("Applied") == Condition.Status.FALSE);
    assertThat(folder.resolve("current")).doesNotExist();
  }

  private void awaitRepair() {
    await()
        .untilAsserted(
            () -> {
              assertThat(status("DriftRepaired")).isEqualTo(Condition.Status.TRUE);
              assertThat(folder.resolve("current/a")).hasContent("good 7\n");
            });
    assertThat(last().conditions().getLast().message()).startsWith("generation 7: ");
  }

  private void start() {
    StateFolder state = StateFolder.at(top.resolve("state"));
    var files = new FilesDriver(top.resolve("agent.d"), state, new KeyStore(state));
    applier = new Applier(List.of(files), state, said::add, DRIFT, new Random(1));
    thread = Thread.ofPlatform().daemon().start(applier);
  }

  private Desired document(long generation, Path into, String text) {
    return new Desired(
        "web",
        generation,
        "files",
        Json.MAPPER.valueToTree(
            Map.of(
                "folder",
                into.toString(),
                "files",
                List.of(Map.of("path", "a", "text", text)),
                "reload",
                List.of(reload.toString()))));
  }

  private Observed last() {
    return said.getLast();
  }

  private long generationInForce() {
    return status("Verified") == Condition.Status.TRUE ? last().generation() : -1;
  }

  private Condition.@Nullable Status status(String type) {
    return said.isEmpty()
        ? null
        : last().conditions().stream()
            .filter(condition -> condition.type().equals(type))
            .map(Condition::status)
            .findFirst()
            .orElse(null);
  }
}
