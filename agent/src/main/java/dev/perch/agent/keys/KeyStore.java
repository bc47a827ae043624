package dev.perch.agent.keys;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.link.AgentKeys;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The host's own keys by name, the request that was last signed with each, and who needs them: a
 * key that an aspect has claimed is there until no aspect claims it any more, and then destroyed. A
 * key is never replaced by another one.
 *
 * <p>A process that is killed may have claimed a key it did not make yet, or destroyed one it still
 * claims; it never leaves a key that is not claimed.
 */
public final class KeyStore {
  private final KeyFolder keys;
  private final StateFolder requests;
  private final StateFolder claims;

  /**
   * A request is kept because it would be another one each time it is made.
   *
   * @param publicKey that it is for
   */
  private record Kept(SigningRequest request, String publicKey, String pem) {}

  /** The names of the keys an aspect needs. */
  private record Claim(Set<String> names) {
    private static final Claim NONE = new Claim(Set.of());

    Claim {
      names = Set.copyOf(names);
    }
  }

  /**
   * @param state gets the folders {@code host-keys}, {@code host-requests} and {@code
   *     host-key-claims}
   */
  public KeyStore(StateFolder state) {
    this.keys = new KeyFolder(state.folder("host-keys"));
    this.requests = state.folder("host-requests");
    this.claims = state.folder("host-key-claims");
  }

  public Optional<HostKey> find(String name) {
    return keys.find(name);
  }

  /** The key of this name, whatever it is; made when there was none. Claim it first. */
  public HostKey require(String name, KeyAlgorithm algorithm) {
    return keys.require(name, algorithm);
  }

  /** The request for a key that is there, as PEM; the same for as long as both stay the same. */
  public synchronized String request(String name, SigningRequest request) {
    HostKey key =
        keys.find(name).orElseThrow(() -> new IllegalStateException("there is no key " + name));
    String publicKey = AgentKeys.write(key.pair().getPublic());
    return requests
        .read(name, Kept.class)
        .filter(kept -> kept.request().equals(request) && kept.publicKey().equals(publicKey))
        .orElseGet(() -> keep(name, new Kept(request, publicKey, request.sign(key))))
        .pem();
  }

  /** The aspect needs these keys too. */
  public synchronized void claim(String aspect, Set<String> names) {
    Set<String> all = new HashSet<>(claimed(aspect));
    if (all.addAll(names)) {
      claims.write(aspect, new Claim(all));
    }
  }

  /** The keys that would be destroyed if the aspect needed no others than these. */
  public synchronized Set<String> unneeded(String aspect, Set<String> names) {
    Set<String> unneeded = new HashSet<>(claimed(aspect));
    unneeded.removeAll(names);
    if (!unneeded.isEmpty()) {
      claims.names().stream()
          .filter(other -> !other.equals(aspect))
          .forEach(other -> unneeded.removeAll(claimed(other)));
    }
    return unneeded;
  }

  /** The aspect needs no others than these any more. */
  public synchronized void keepOnly(String aspect, Set<String> names) {
    for (String name : unneeded(aspect, names)) {
      requests.delete(name);
      keys.destroy(name);
    }
    if (names.isEmpty()) {
      claims.delete(aspect);
    } else if (!claimed(aspect).equals(names)) {
      claims.write(aspect, new Claim(names));
    }
  }

  private Set<String> claimed(String aspect) {
    return claims.read(aspect, Claim.class).orElse(Claim.NONE).names();
  }

  private Kept keep(String name, Kept kept) {
    requests.write(name, kept);
    return kept;
  }
}
