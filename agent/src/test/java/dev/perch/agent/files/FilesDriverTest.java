package dev.perch.agent.files;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.apply.Driver.ReadBack;
import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.FileSet.Key;
import dev.perch.agent.files.FileSet.Member;
import dev.perch.agent.files.FileSet.Probe;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesDriverTest {
  @TempDir Path temp;
  private Path folder;
  private Path allowFolder;
  private Path log;
  private List<String> reload;
  private FilesDriver driver;

  @BeforeEach
  void anAdministratorAllowsAFolderAndACommand() throws IOException {
    Path top = Files.createDirectory(temp.resolve("allowed"), onlyOurs());
    allowFolder = Files.createDirectory(temp.resolve("agent.d"), onlyOurs());
    folder = top.resolve("web");
    log = temp.resolve("reloads");
    Path command = script("echo \"$(cat " + folder + "/current/a)\" >>" + log);
    reload = List.of(command.toString(), "now");
    allow(List.of(top), List.of(reload));
    driver = driver();
  }

  @Test
  void aSetIsAppliedAndReadBack() throws Exception {
    ReadBack seen = apply(set(text("a", "one"), text("conf.d/b", "two")));

    assertThat(folder.resolve("current/a")).hasContent("one");
    assertThat(folder.resolve("current/conf.d/b")).hasContent("two");
    assertThat(seen.verified()).isTrue();
    assertThat(seen.seen().at("/files/0/sha256").asText()).hasSize(64);
    assertThat(log).hasContent("one");
  }

  @Test
  void theSameAgainIsNothingToDo() throws Exception {
    apply(set(text("a", "one")));

    assertThat(driver.plan(document(set(text("a", "one")))).difference()).isNull();
  }

  @Test
  void aNewSetReplacesTheOldOneWholeAndTheLastIsKept() throws Exception {
    apply(set(text("a", "one"), text("b", "goes")));
    apply(set(text("a", "two")));
    apply(set(text("a", "three")));

    assertThat(folder.resolve("current/a")).hasContent("three");
    assertThat(folder.resolve("current/b")).doesNotExist();
    assertThat(versions()).hasSize(2);
    assertThat(log).hasContent("one\ntwo\nthree");
  }

  @Test
  void ownerGroupAndModeAreAsWanted() throws Exception {
    apply(set(new Member("a", "x", null, null, "daemon", "mail", "0640")));

    Path file = folder.resolve("current/a");
    assertThat(Files.getOwner(file).getName()).isEqualTo("daemon");
    assertThat(Files.getAttribute(file, "posix:group")).hasToString("mail");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  static Stream<Consumer<Path>> drifts() {
    return Stream.of(
        io(file -> Files.writeString(file, "tampered")),
        io(Files::delete),
        io(
            file ->
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"))),
        io(file -> Files.setAttribute(file, "unix:uid", 1)),
        io(
            file ->
                Files.setPosixFilePermissions(
                    file.resolve("..").normalize(), PosixFilePermissions.fromString("rwxrwxrwx"))),
        io(file -> Files.writeString(file.resolveSibling("extra"), "not ours")),
        io(
            file -> {
              Files.delete(file);
              Files.createSymbolicLink(file, Path.of("/etc/passwd"));
            }),
        io(file -> Files.delete(file.resolve("../../../current").normalize())));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void driftIsSeenAndRepaired(Consumer<Path> drift) throws Exception {
    apply(set(text("a", "one")));
    drift.accept(folder.resolve("current/a").toRealPath());

    Plan plan = driver.plan(document(set(text("a", "one"))));

    assertThat(plan.difference()).isNotNull();
    plan.apply();
    assertThat(plan.readBack().verified()).isTrue();
    assertThat(folder.resolve("current/a")).isRegularFile().hasContent("one");
    assertThat(driver.plan(document(set(text("a", "one")))).difference()).isNull();
  }

  @Test
  void aReloadThatFailsBringsTheOldVersionBack() throws Exception {
    Path command = script("grep -q good " + folder + "/current/a && echo ok >>" + log);
    reload = List.of(command.toString());
    allow(List.of(folder), List.of(reload));
    apply(set(text("a", "good")));

    Plan plan = driver.plan(document(set(text("a", "bad"))));

    assertThatThrownBy(plan::apply)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).isEqualTo("ReloadFailed"))
        .hasMessageContaining("status 1");
    assertThat(folder.resolve("current/a")).hasContent("good");
    assertThat(log).hasContent("ok\nok");
    assertThat(driver.plan(document(set(text("a", "bad")))).difference()).isNotNull();
  }

  @Test
  void aReloadThatFailsTheFirstTimeLeavesNothing() throws Exception {
    reload = List.of("/bin/false");
    allow(List.of(folder), List.of(reload));

    assertThatThrownBy(driver.plan(document(set(text("a", "x"))))::apply)
        .isInstanceOf(Failed.class);

    assertThat(folder.resolve("current")).doesNotExist();
  }

  @Test
  void aRepairWhoseReloadFailsTakesNothingAway() throws Exception {
    Path flag = temp.resolve("up");
    reload = List.of(script("test -e " + flag).toString());
    allow(List.of(folder), List.of(reload));
    Files.createFile(flag);
    apply(set(text("a", "good")));
    Files.delete(flag);
    Files.delete(folder.resolve("current"));

    Plan plan = driver.plan(document(set(text("a", "good"))));

    assertThatThrownBy(plan::apply).isInstanceOf(Failed.class);
    assertThat(folder.resolve("current/a")).hasContent("good");
    Files.createFile(flag);
    assertThat(apply(set(text("a", "good"))).verified()).isTrue();
  }

  @Test
  void whatIsWithdrawnIsGoneAndReloaded() throws Exception {
    apply(set(text("a", "one")));

    driver.withdraw("web");

    assertThat(folder).isEmptyDirectory();
    assertThat(Files.readAllLines(log)).hasSize(2);
    driver.withdraw("web");
  }

  @Test
  void aSetThatMovesLeavesNothingBehind() throws Exception {
    apply(set(text("a", "one")));
    Path other = folder.resolveSibling("other");
    FileSet moved = set(other, text("a", "one"));

    apply(moved);

    assertThat(folder).isEmptyDirectory();
    assertThat(other.resolve("current/a")).hasContent("one");
  }

  @Test
  void aKeyIsMadeHereAndOnlyItsRequestIsReported() throws Exception {
    Key key =
        new Key("web", null, "h-1", List.of("h-1.example"), List.of("192.0.2.7"), null, null, null);
    FileSet set = set(text("a", "x"), new Member("tls/key.pem", null, null, key, null, null, null));

    ReadBack seen = apply(set);
    ReadBack again = driver.plan(document(set)).readBack();

    String pem = Files.readString(folder.resolve("current/tls/key.pem"));
    assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(Files.getPosixFilePermissions(folder.resolve("current/tls/key.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(seen.seen().at("/keys/0/request").asText())
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
    assertThat(seen.seen().toString()).doesNotContain(pem.lines().toList().get(1));
    assertThat(again.seen()).isEqualTo(seen.seen());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a",
        "/etc/passwd",
        "a/../b",
        "a//b",
        "a/",
        "",
        ".",
        "a/./b",
        "a\nb",
        "a\u0000b"
      })
  void aPathThatLeadsElsewhereIsRefused(String path) throws Exception {
    assertThat(codes(set(text(path, "x")))).containsExactly("file.path");
  }

  static Stream<Map.Entry<String, Member>> wrongMembers() {
    Key key = key("web");
    return Stream.of(
        Map.entry("file.mode", member("a", "4755")),
        Map.entry("file.mode", member("a", "rw-r--r--")),
        Map.entry("key.mode", new Member("a", null, null, key, null, null, "0644")),
        Map.entry("file.owner", new Member("a", "x", null, null, "no-such-user", null, null)),
        Map.entry("file.group", new Member("a", "x", null, null, null, "no-such-group", null)),
        Map.entry("file.content", new Member("a", null, null, null, null, null, null)),
        Map.entry("file.content", new Member("a", "x", "eA==", null, null, null, null)),
        Map.entry("file.base64", new Member("a", null, "?", null, null, null, null)),
        Map.entry("key.name", new Member("a", null, null, key("../k"), null, null, null)),
        Map.entry(
            "key.ip-address",
            new Member(
                "a",
                null,
                null,
                new Key("k", null, null, null, List.of("example.com"), null, null, null),
                null,
                null,
                null)));
  }

  @ParameterizedTest
  @MethodSource("wrongMembers")
  void aMemberThatCannotBeIsRefused(Map.Entry<String, Member> wrong) throws Exception {
    assertThat(codes(set(wrong.getValue()))).containsExactly(wrong.getKey());
  }

  @Test
  void filesThatExcludeEachOtherAreRefused() throws Exception {
    assertThat(codes(set(text("a", "1"), text("a", "2")))).containsExactly("files.twice");
    assertThat(codes(set(text("a", "1"), text("a/b", "2")))).containsExactly("files.nested");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNothingIsDone() throws Exception {
    FileSet set =
        new FileSet(
            "/etc/cron.d",
            List.of(text("../x", "x"), member("b", "9")),
            List.of("/bin/sh"),
            List.of(key("-")),
            new Probe("192.0.2.1:443", null, "SMTP", "ab"));

    assertThat(codes(set))
        .containsExactlyInAnyOrder(
            "folder.not-allowed",
            "reload.not-allowed",
            "file.path",
            "file.mode",
            "key.name",
            "probe.address",
            "probe.start-tls",
            "probe.sha256");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderBehindALinkIsRefused() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"), onlyOurs());
    Files.createSymbolicLink(folder, elsewhere);

    assertThat(codes(set(text("a", "x")))).containsExactly("folder.link");
  }

  @Test
  void aFolderThatOthersMayWriteIsRefused() throws Exception {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(codes(set(text("a", "x")))).containsExactly("folder.writable");
  }

  @Test
  void aFolderWithSomethingElseInItsPlaceIsRefused() throws Exception {
    Files.createDirectories(folder.resolve("current"));

    assertThat(codes(set(text("a", "x")))).containsExactly("folder.taken");
  }

  @Test
  void aListThatOthersMayWriteAllowsNothing() throws Exception {
    Files.setPosixFilePermissions(
        allowFolder.resolve("site.json"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(codes(set(text("a", "x"))))
        .containsExactlyInAnyOrder("folder.not-allowed", "reload.not-allowed");
  }

  @Test
  void withoutAListOnlyTheAgentsOwnFolderIsAllowed() throws Exception {
    Files.delete(allowFolder.resolve("site.json"));
    Path own = temp.resolve("state/files/web");

    assertThat(codes(set(own, text("a", "x")))).isEmpty();
    assertThat(codes(set(folder, text("a", "x")))).containsExactly("folder.not-allowed");
  }

  @Test
  void twoAspectsCannotHaveOneFolder() throws Exception {
    apply(set(text("a", "x")));
    Path below = folder.resolve("deeper");

    Plan plan = driver.plan(new Document("other", 1, "files", json(set(below))));

    assertThat(plan.violations()).extracting(Violation::code).containsExactly("folder.owned");
  }

  @Test
  void aSpecOfAnotherShapeIsRefused() throws Exception {
    JsonNode shapeless = Json.MAPPER.readTree("{\"folder\":\"/a\",\"files\":[],\"shell\":\"rm\"}");

    Plan plan = driver.plan(new Document("web", 1, "files", shapeless));

    assertThat(plan.violations()).extracting(Violation::code).containsExactly("spec.shape");
  }

  @Test
  void binaryContentIsKeptAsItIs() throws Exception {
    byte[] bytes = {0, (byte) 0xff, 10, 13};
    String base64 = Base64.getEncoder().encodeToString(bytes);

    apply(set(text("a", ""), new Member("b", null, base64, null, null, null, null)));

    assertThat(folder.resolve("current/b")).hasBinaryContent(bytes);
  }

  private ReadBack apply(FileSet set) throws IOException, Failed {
    Plan plan = driver.plan(document(set));
    assertThat(plan.violations()).isEmpty();
    assertThat(plan.difference()).isNotNull();
    plan.apply();
    return plan.readBack();
  }

  private List<String> codes(FileSet set) throws IOException {
    return driver.plan(document(set)).violations().stream().map(Violation::code).toList();
  }

  private FileSet set(Member... members) {
    return new FileSet(folder.toString(), List.of(members), reload, List.of(), null);
  }

  private static FileSet set(Path folder, Member... members) {
    return new FileSet(folder.toString(), List.of(members), null, List.of(), null);
  }

  private static Key key(String name) {
    return new Key(name, null, null, null, null, null, null, null);
  }

  private static Document document(FileSet set) {
    return new Document("web", 1, "files", json(set));
  }

  private static JsonNode json(FileSet set) {
    return Json.MAPPER.valueToTree(set);
  }

  private static Member text(String path, @Nullable String text) {
    return new Member(path, text, null, null, null, null, null);
  }

  private static Member member(String path, String mode) {
    return new Member(path, "x", null, null, null, null, mode);
  }

  private List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(folder.resolve("versions"))) {
      return versions.toList();
    }
  }

  private FilesDriver driver() {
    StateFolder state = StateFolder.at(temp.resolve("state"));
    return new FilesDriver(allowFolder, state, new KeyStore(state));
  }

  private Path script(String line) throws IOException {
    Path script = temp.resolve("reload-" + line.hashCode());
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private void allow(List<Path> folders, List<List<String>> commands) throws IOException {
    Path list = allowFolder.resolve("site.json");
    Files.deleteIfExists(list);
    Files.writeString(
        list,
        Json.MAPPER.writeValueAsString(
            Map.of(
                "folders", folders.stream().map(Path::toString).toList(), "commands", commands)));
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static FileAttribute<?> onlyOurs() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @FunctionalInterface
  private interface Change {
    void make(Path file) throws IOException;
  }

  private static Consumer<Path> io(Change change) {
    return file -> {
      try {
        change.make(requireNonNull(file));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    };
  }
}
