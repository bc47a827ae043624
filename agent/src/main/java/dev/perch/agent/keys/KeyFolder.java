package dev.perch.agent.keys;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.link.AgentKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Key pairs on P-256 by name, in a folder of the agent's state. */
public final class KeyFolder {
  private final StateFolder folder;

  /**
   * @param publicKey as {@link AgentKeys} writes it
   * @param privateKey PKCS #8, base64url
   */
  private record Stored(String publicKey, String privateKey) {

    /** Does not show the private key. */
    @Override
    public String toString() {
      return "Stored[publicKey=" + publicKey + "]";
    }
  }

  public KeyFolder(StateFolder folder) {
    this.folder = folder;
  }

  /** The pair of this name; made and on the disk when there was none. */
  public synchronized KeyPair require(String name) {
    return find(name).orElseGet(() -> make(name));
  }

  public synchronized Optional<KeyPair> find(String name) {
    return folder.read(name, Stored.class).map(KeyFolder::read);
  }

  private KeyPair make(String name) {
    KeyPair pair = AgentKeys.generate();
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(pair.getPrivate().getEncoded());
    folder.write(name, new Stored(AgentKeys.write(pair.getPublic()), secret));
    return pair;
  }

  private static KeyPair read(Stored stored) {
    try {
      byte[] pkcs8 = Base64.getUrlDecoder().decode(stored.privateKey());
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new KeyPair(AgentKeys.read(stored.publicKey()), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a damaged key", e);
    }
  }
}
