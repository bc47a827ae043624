package dev.perch.certmon.host;

import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.certmon.Target.StartTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a document for the agent's driver {@code files}, as far as certificates use it.
 *
 * @param folder of the set
 * @param files all of them; what is not listed is not there
 * @param reload the command to run after a change; null for none
 * @param requests keys to be made and kept that are in no file
 * @param probe how it is proven what is served; null if nothing is asked
 */
record FileSet(
    String folder,
    List<Member> files,
    @Nullable List<String> reload,
    List<Key> requests,
    @Nullable Probe probe) {
  static final String DRIVER = "files";

  FileSet {
    files = List.copyOf(files);
    reload = reload == null ? null : List.copyOf(reload);
    requests = List.copyOf(requests);
  }

  /**
   * One file, of a text or of a key.
   *
   * @param mode octal; null for the agent's default
   */
  record Member(
      String path,
      @Nullable String text,
      @Nullable Key key,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String mode) {}

  /**
   * A key that the host makes, and what a certificate for it is asked for.
   *
   * @param spki SHA-256 of its public key, hexadecimal, once a certificate was issued for it: the
   *     host makes no other of this name; null until then
   */
  record Key(
      String name,
      KeyAlgorithm algorithm,
      @Nullable String commonName,
      List<String> dnsNames,
      List<String> ipAddresses,
      List<String> uris,
      List<String> emails,
      @Nullable String spki) {

    Key {
      dnsNames = List.copyOf(dnsNames);
      ipAddresses = List.copyOf(ipAddresses);
      uris = List.copyOf(uris);
      emails = List.copyOf(emails);
    }

    /** What cannot differ without another file. */
    Key bare() {
      return new Key(name, algorithm, null, List.of(), List.of(), List.of(), List.of(), null);
    }
  }

  /**
   * What is asked of the server.
   *
   * @param sha256 of the leaf it has to serve, hexadecimal
   */
  record Probe(
      String address, @Nullable String serverName, @Nullable StartTls startTls, String sha256) {}

  /** Whether nothing is wanted of the host. */
  boolean wantsNothing() {
    return files.isEmpty() && requests.isEmpty();
  }

  /** All of it that is proven by reading back and by probing: no request changes that. */
  FileSet proven() {
    return new FileSet(
        folder,
        files.stream()
            .map(
                file ->
                    file.key() == null
                        ? file
                        : new Member(
                            file.path(),
                            null,
                            file.key().bare(),
                            file.owner(),
                            file.group(),
                            file.mode()))
            .toList(),
        reload,
        List.of(),
        probe);
  }
}
