package dev.perch.agent.keys;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.link.AgentKeys;
import java.security.KeyPair;
import java.util.Optional;

/** The host's own keys by name, and the request that was last signed with each. */
public final class KeyStore {
  private final KeyFolder keys;
  private final StateFolder requests;

  /**
   * A request is kept because it would be another one each time it is made.
   *
   * @param publicKey that it is for
   */
  private record Kept(SigningRequest request, String publicKey, String pem) {}

  public KeyStore(StateFolder state) {
    this.keys = new KeyFolder(state.folder("host-keys"));
    this.requests = state.folder("host-requests");
  }

  public Optional<KeyPair> find(String name) {
    return keys.find(name);
  }

  /** The key of this name; made when there was none. */
  public KeyPair require(String name) {
    return keys.require(name);
  }

  /** The request for a key that is there, as PEM; the same for as long as both stay the same. */
  public synchronized String request(String name, SigningRequest request) {
    KeyPair key = require(name);
    String publicKey = AgentKeys.write(key.getPublic());
    return requests
        .read(name, Kept.class)
        .filter(kept -> kept.request().equals(request) && kept.publicKey().equals(publicKey))
        .orElseGet(() -> keep(name, new Kept(request, publicKey, request.sign(key))))
        .pem();
  }

  private Kept keep(String name, Kept kept) {
    requests.write(name, kept);
    return kept;
  }
}
