package dev.perch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.apply.Applier;
import dev.perch.agent.files.FileSet.Key;
import dev.perch.agent.files.FileSet.Member;
import dev.perch.agent.files.FileSet.Probe;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A host whose agent keeps one certificate, as certmon would want it. */
final class KeptHost implements AutoCloseable {
  static final String ASPECT = "certificates.web";
  private static final Duration DRIFT = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path top;
  private final StateFolder state;
  private final List<Observed> said = new CopyOnWriteArrayList<>();
  private final Applier applier;
  private final Thread thread;

  /**
   * @param top an empty folder, to which nobody else can write
   */
  KeptHost(Path top) throws IOException {
    this.top = top;
    Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path lists = Files.createDirectory(top.resolve("agent.d"));
    Files.setPosixFilePermissions(lists, PosixFilePermissions.fromString("rwxr-xr-x"));
    state = StateFolder.at(top.resolve("state"));
    var driver =
        new FilesDriver(lists, state, new KeyStore(state), InstantSource.system(), PATIENCE);
    applier = new Applier(List.of(driver), state, said::add, DRIFT, new Random(1));
    thread = Thread.ofPlatform().daemon().start(applier);
    allow();
  }

  /** The set's folder, and these commands. */
  @SafeVarargs
  final void allow(List<String>... commands) throws IOException {
    Path list = top.resolve("agent.d/site.json");
    Files.writeString(
        list,
        Json.MAPPER.writeValueAsString(
            Map.of("folders", List.of(set().toString()), "commands", List.of(commands))));
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
  }

  Path set() {
    return top.resolve("set");
  }

  Path file(String name) {
    return set().resolve("current").resolve(name);
  }

  /** A program for the list of what is allowed. */
  List<String> script(String name, String... lines) throws IOException {
    Path script = top.resolve(name);
    Files.writeString(
        script, "#!/bin/sh\nPATH=/usr/sbin:$PATH\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return List.of(script.toString());
  }

  /** Has it make a key, and gives the request for its certificate. */
  String request(long generation, String key, @Nullable String algorithm) {
    want(
        generation,
        new FileSet(set().toString(), List.of(), null, List.of(key(key, algorithm)), null));
    awaitVerified(generation);
    return request(key);
  }

  String request(String key) {
    for (JsonNode shown : readBack().path("keys")) {
      if (shown.path("name").asText().equals(key)) {
        return shown.path("request").asText();
      }
    }
    throw new AssertionError("no request for " + key + " in " + readBack());
  }

  /** Wants a certificate in its place; the keys are those it is for, and those that are kept. */
  void want(
      long generation,
      SigningCa.Certificate certificate,
      @Nullable List<String> reload,
      Probe probe,
      String key,
      String... kept) {
    want(
        generation,
        new FileSet(
            set().toString(),
            List.of(
                new Member("tls.crt", certificate.pem(), null, null, null, null, null),
                new Member("tls.key", null, null, known(key), null, null, null)),
            reload,
            List.of(kept).stream().map(name -> key(name, null)).toList(),
            probe));
  }

  void want(long generation, FileSet set) {
    applier.desired(new Desired(ASPECT, generation, "files", Json.MAPPER.valueToTree(set)));
  }

  void withdraw() {
    applier.desired(Desired.withdrawn(ASPECT));
  }

  void awaitVerified(long generation) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(said).isNotEmpty();
              assertThat(last().generation()).as(last().toString()).isEqualTo(generation);
              assertThat(condition("Verified").status())
                  .as(last().toString())
                  .isEqualTo(Condition.Status.TRUE);
            });
  }

  void awaitReason(String reason) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(condition("Verified").reason()).as(last().toString()).isEqualTo(reason));
  }

  Observed last() {
    return said.getLast();
  }

  List<Observed> said() {
    return said;
  }

  JsonNode readBack() {
    JsonNode readBack = last().readBack();
    return readBack == null ? Json.MAPPER.nullNode() : readBack;
  }

  Condition condition(String type) {
    return last().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " in " + last()));
  }

  /** The names of the keys it has. */
  List<String> keys() {
    return state.folder("host-keys").names();
  }

  /** Somebody deletes them, and nothing else. */
  void loseKeys() throws IOException {
    Path folder = state.folder("host-keys").path();
    for (String key : keys()) {
      Files.delete(folder.resolve(key + ".json"));
    }
    Files.delete(folder);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  /** The key that the certificate is for, as it was when its request was made. */
  private Key known(String name) {
    String spki =
        said.stream()
            .map(Observed::readBack)
            .filter(Objects::nonNull)
            .flatMap(readBack -> readBack.path("keys").valueStream())
            .filter(key -> key.path("name").asText().equals(name))
            .map(key -> Base64.getUrlDecoder().decode(key.path("publicKey").asText()))
            .map(Wanted::hash)
            .findFirst()
            .orElse(null);
    return key(name, null, spki);
  }

  private static Key key(String name, @Nullable String algorithm) {
    return key(name, algorithm, null);
  }

  private static Key key(String name, @Nullable String algorithm, @Nullable String spki) {
    return new Key(name, algorithm, name, List.of(name + ".example"), null, null, null, spki);
  }
}
