package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.apply.Driver.ReadBack;
import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.FileSet.Key;
import dev.perch.agent.files.FileSet.Member;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys are made when a document mentions them, and gone when none does any more. */
class KeysOfSetsTest {
  @TempDir Path temp;
  private StateFolder state;
  private FilesDriver driver;
  private Path folder;

  @BeforeEach
  void aDriver() {
    state = StateFolder.at(temp.resolve("state"));
    driver = new FilesDriver(temp.resolve("none"), state, new KeyStore(state));
    folder = temp.resolve("state/files/web");
  }

  @Test
  void aSetOfRequestsMakesKeysAndWritesNothing() throws Exception {
    ReadBack seen = apply(1, set(List.of(key("a"), key("b"))));

    assertThat(seen.verified()).isTrue();
    assertThat(seen.seen().at("/keys").findValuesAsText("name")).containsExactly("a", "b");
    assertThat(seen.seen().at("/keys/1/request").asText()).startsWith("-----BEGIN CERTIFICATE REQ");
    assertThat(folder).doesNotExist();
    assertThat(plan(1, set(List.of(key("a"), key("b")))).difference()).isNull();
  }

  @Test
  void aKeyThatIsLostIsMadeAgainAndSaid() throws Exception {
    FileSet set = set(List.of(key("a")));
    var before = apply(1, set);
    Files.delete(temp.resolve("state/host-keys/a.json"));

    assertThat(plan(1, set).difference()).contains("a");
    assertThat(apply(1, set).seen()).isNotEqualTo(before.seen());
  }

  @Test
  void aKeyThatACertificateIsForIsNeverMadeAgain() throws Exception {
    JsonNode made = apply(1, set(List.of(key("a")))).seen();
    Member member = new Member("a.key", null, null, known("a", made), null, null, null);
    assertThat(apply(2, set(List.of(), member)).verified()).isTrue();
    byte[] before = Files.readAllBytes(folder.resolve("current/a.key"));
    Files.delete(temp.resolve("state/host-keys/a.json"));

    Plan idle = plan(2, set(List.of(), member));
    assertThat(idle.difference()).as("there is nothing it could do").isNull();
    ReadBack lost = idle.readBack();
    assertThat(lost.verified()).isFalse();
    assertThat(lost.reason()).isEqualTo("KeyLost");
    assertThat(lost.seen().at("/lost/0").asText()).isEqualTo("a");

    ReadBack asked = apply(3, set(List.of(key("b")), member));
    assertThat(asked.reason()).isEqualTo("KeyLost");
    assertThat(asked.seen().path("keys").findValuesAsText("name")).containsExactly("b");
    assertThat(Files.readAllBytes(folder.resolve("current/a.key"))).isEqualTo(before);
    assertThat(keys()).containsExactly("b");
    assertThat(apply(4, set(List.of(), member("b"))).verified()).isTrue();
  }

  @Test
  void anotherKeyOfTheSameNameIsNotPutWhereOnlyOneFits() throws Exception {
    JsonNode made = apply(1, set(List.of(key("a")))).seen();
    Files.delete(temp.resolve("state/host-keys/a.json"));
    assertThat(apply(1, set(List.of(key("a")))).seen()).isNotEqualTo(made);
    Member member = new Member("a.key", null, null, known("a", made), null, null, null);

    assertThat(plan(2, set(List.of(), member)).readBack().reason()).isEqualTo("KeyLost");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aKeyIsKeptUntilADocumentThatDoesNotMentionItIsSettled() throws Exception {
    apply(1, set(List.of(), member("old")));
    settle(1, set(List.of(), member("old")));

    apply(2, set(List.of(), member("new")));

    assertThat(keys()).as("an older document may have to be in force again").contains("old");
    assertThat(copies("old")).isPositive();
    settle(2, set(List.of(), member("new")));
    assertThat(keys()).containsExactly("new");
    assertThat(state.folder("host-requests").names()).containsExactly("new");
    assertThat(versions()).as("nor is it in a version that was before").hasSize(1);
  }

  @Test
  void aKeyThatIsMentionedToGoBackIsKept() throws Exception {
    apply(1, set(List.of(), member("old")));
    FileSet next = set(List.of(key("old")), member("new"));
    apply(2, next);

    settle(2, next);

    assertThat(keys()).containsExactly("new", "old");
    FileSet back = set(List.of(), member("old"));
    assertThat(apply(3, back).verified()).isTrue();
  }

  @Test
  void whatIsWithdrawnTakesItsKeysAlongButNotThoseOfOthers() throws Exception {
    apply(1, set(List.of(key("a"), key("shared"))));
    Document other = new Document("other", 1, "files", json(set(List.of(key("shared")))));
    driver.plan(other).apply();
    driver.settled(other);

    driver.withdraw("web");

    assertThat(keys()).containsExactly("shared");
    driver.withdraw("other");
    assertThat(keys()).isEmpty();
  }

  @Test
  void aKeyIsWhatItIs() throws Exception {
    apply(1, set(List.of(key("a", "ED25519"))));

    assertThat(codes(set(List.of(key("a", "P256"))))).containsExactly("key.algorithm");
    assertThat(codes(set(List.of(key("a", null))))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "key.algorithm, DSA, , ,",
    "key.uri, , no scheme, ,",
    "key.uri, , h-1, ,",
    "key.email, , , ops,",
    "key.dns-name, , , , a b"
  })
  void whatCannotBeAskedForIsRefused(
      String code,
      @Nullable String algorithm,
      @Nullable String uri,
      @Nullable String email,
      @Nullable String dns)
      throws Exception {
    Key key = new Key("a", algorithm, null, one(dns), null, one(uri), one(email), null);

    assertThat(codes(set(List.of(key)))).containsExactly(code);
  }

  @Test
  void whatIsNoHashIsNoPublicKey() throws Exception {
    Key key = new Key("a", null, null, null, null, null, null, "MFkw");

    assertThat(codes(set(List.of(key)))).containsExactly("key.spki");
  }

  @Test
  void oneNameIsOneKey() throws Exception {
    assertThat(codes(set(List.of(key("a"), key("a", "P384"))))).containsExactly("key.twice");
    assertThat(codes(set(List.of(key("a")), member("a")))).isEmpty();
  }

  private ReadBack apply(long generation, FileSet set) throws Exception {
    Plan plan = plan(generation, set);
    assertThat(plan.violations()).isEmpty();
    assertThat(plan.difference()).isNotNull();
    plan.apply();
    return plan.readBack();
  }

  private void settle(long generation, FileSet set) throws IOException {
    driver.settled(new Document("web", generation, "files", json(set)));
  }

  private Plan plan(long generation, FileSet set) throws IOException {
    return driver.plan(new Document("web", generation, "files", json(set)));
  }

  private List<String> codes(FileSet set) throws IOException {
    return plan(1, set).violations().stream().map(Violation::code).toList();
  }

  private List<String> keys() {
    return state.folder("host-keys").names();
  }

  private List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(folder.resolve("versions"))) {
      return versions.toList();
    }
  }

  /** How many versions have the file of this key. */
  private long copies(String key) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.endsWith(key + ".key")).count();
    }
  }

  private FileSet set(List<Key> requests, Member... members) {
    return new FileSet(folder.toString(), List.of(members), null, requests, null);
  }

  private static Member member(String key) {
    return new Member(key + ".key", null, null, key(key), null, null, null);
  }

  private static Key key(String name) {
    return key(name, null);
  }

  private static Key key(String name, @Nullable String algorithm) {
    return new Key(name, algorithm, null, null, null, null, null, null);
  }

  /** The key as it was when this was read back. */
  private static Key known(String name, JsonNode seen) {
    byte[] spki = Base64.getUrlDecoder().decode(seen.at("/keys/0/publicKey").asText());
    return new Key(name, null, null, null, null, null, null, Wanted.hash(spki));
  }

  private static @Nullable List<String> one(@Nullable String name) {
    return name == null ? null : List.of(name);
  }

  private static JsonNode json(FileSet set) {
    return Json.MAPPER.valueToTree(set);
  }
}
