package dev.perch.agent.keys;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.link.AgentKeys;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Key pairs by name, in a folder of the agent's state. */
public final class KeyFolder {
  private final StateFolder folder;

  /**
   * @param publicKey as {@link AgentKeys} writes it
   * @param privateKey PKCS #8, base64url
   * @param algorithm null in what was written when all keys were on P-256
   */
  private record Stored(String publicKey, String privateKey, @Nullable KeyAlgorithm algorithm) {

    /** Does not show the private key. */
    @Override
    public String toString() {
      return "Stored[publicKey=" + publicKey + "]";
    }
  }

  public KeyFolder(StateFolder folder) {
    this.folder = folder;
  }

  /** The pair of this name; made, on P-256, and on the disk when there was none. */
  public KeyPair require(String name) {
    return require(name, KeyAlgorithm.P256).pair();
  }

  /** The key of this name, whatever it is; made and on the disk when there was none. */
  synchronized HostKey require(String name, KeyAlgorithm algorithm) {
    return find(name).orElseGet(() -> make(name, algorithm));
  }

  synchronized Optional<HostKey> find(String name) {
    return folder.read(name, Stored.class).map(KeyFolder::read);
  }

  /** It can never be had again. */
  synchronized void destroy(String name) {
    folder.delete(name);
  }

  private HostKey make(String name, KeyAlgorithm algorithm) {
    HostKey key = HostKey.generate(algorithm);
    String secret =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(key.pair().getPrivate().getEncoded());
    folder.write(name, new Stored(AgentKeys.write(key.pair().getPublic()), secret, algorithm));
    return key;
  }

  private static HostKey read(Stored stored) {
    return HostKey.read(
        stored.algorithm() == null ? KeyAlgorithm.P256 : stored.algorithm(),
        Base64.getUrlDecoder().decode(stored.publicKey()),
        Base64.getUrlDecoder().decode(stored.privateKey()));
  }
}
