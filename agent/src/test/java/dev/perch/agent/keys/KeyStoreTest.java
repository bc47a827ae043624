package dev.perch.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.link.AgentKeys;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStoreTest {
  @TempDir Path temp;
  private StateFolder state;
  private KeyStore store;

  @BeforeEach
  void aStore() {
    state = StateFolder.at(temp.resolve("state"));
    store = new KeyStore(state);
  }

  @ParameterizedTest
  @EnumSource(value = KeyAlgorithm.class, names = "RSA_[34].*", mode = EnumSource.Mode.MATCH_NONE)
  void aKeyIsTheSameAfterARestart(KeyAlgorithm algorithm) {
    HostKey made = store.require("k", algorithm);

    HostKey found = new KeyStore(state).find("k").orElseThrow();

    assertThat(found.algorithm()).isEqualTo(algorithm);
    assertThat(found.pair().getPublic()).isEqualTo(made.pair().getPublic());
    assertThat(found.pem()).isEqualTo(made.pem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
  }

  @Test
  void aKeyIsNeverReplaced() {
    HostKey made = store.require("k", KeyAlgorithm.P256);

    assertThat(store.require("k", KeyAlgorithm.ED25519).pair().getPublic())
        .isEqualTo(made.pair().getPublic());
  }

  @Test
  void aKeyFromBeforeThereWasAChoiceIsOnP256() {
    KeyPair pair = AgentKeys.generate();
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(pair.getPrivate().getEncoded());
    state
        .folder("host-keys")
        .write("k", Map.of("publicKey", AgentKeys.write(pair.getPublic()), "privateKey", secret));

    HostKey found = store.find("k").orElseThrow();

    assertThat(found.algorithm()).isEqualTo(KeyAlgorithm.P256);
    assertThat(found.pair().getPublic()).isEqualTo(pair.getPublic());
  }

  @Test
  void aRequestIsTheSameUntilOtherNamesAreAskedFor() {
    var _ = store.require("k", KeyAlgorithm.P256);
    String first = store.request("k", request("a.example"));

    assertThat(new KeyStore(state).request("k", request("a.example"))).isEqualTo(first);
    assertThat(store.request("k", request("b.example"))).isNotEqualTo(first);
  }

  @Test
  void aKeyIsDestroyedWhenItsLastAspectDoesNotNeedItAnyMore() {
    make("one", "shared");
    make("one", "own");
    make("two", "shared");

    store.keepOnly("one", Set.of());

    assertThat(store.find("own")).isEmpty();
    assertThat(store.find("shared")).isPresent();
    store.keepOnly("two", Set.of());
    assertThat(store.find("shared")).isEmpty();
    assertThat(state.folder("host-key-claims").names()).isEmpty();
    assertThat(state.folder("host-requests").names()).isEmpty();
  }

  @Test
  void whatIsStillNeededIsKept() {
    make("one", "old");
    make("one", "new");

    store.keepOnly("one", Set.of("new"));

    assertThat(store.find("old")).isEmpty();
    assertThat(store.find("new")).isPresent();
    assertThat(store.unneeded("one", Set.of())).containsExactly("new");
  }

  private void make(String aspect, String name) {
    store.claim(aspect, Set.of(name));
    var _ = store.require(name, KeyAlgorithm.P256);
    var _ = store.request(name, request(name + ".example"));
  }

  private static SigningRequest request(String name) {
    return new SigningRequest("", List.of(name), List.of(), List.of(), List.of());
  }
}
