package dev.perch.agent.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a document for the driver {@code files}.
 *
 * @param folder of the set: the files are below {@code folder/current}
 * @param files all of them: what is not listed is not there; as long as there never were any,
 *     nothing is written
 * @param reload the command to run after a change, word by word; null for none
 * @param requests keys that are made, or kept, without being in a file: those of certificates that
 *     are still asked for, and those that are needed to go back
 * @param probe who shows the certificate of this set to the world; null if nobody is asked
 */
public record FileSet(
    String folder,
    List<Member> files,
    @Nullable List<String> reload,
    List<Key> requests,
    @Nullable Probe probe) {

  public FileSet {
    files = files == null ? List.of() : List.copyOf(files);
    reload = reload == null ? null : List.copyOf(reload);
    requests = requests == null ? List.of() : List.copyOf(requests);
  }

  /** The names of all keys it mentions. */
  Set<String> keyNames() {
    return Stream.concat(files.stream().map(Member::key), requests.stream())
        .filter(Objects::nonNull)
        .map(Key::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * One file. Its content is exactly one of text, base64 and key.
   *
   * @param path below {@code current}: {@code conf.d/site.conf}
   * @param key the private key of this name, which is made on the host, as PEM (PKCS #8)
   * @param owner a user's name; null for the agent's
   * @param group a group's name; null for the agent's
   * @param mode octal, {@code 0644} if null; {@code 0600} for a key
   */
  public record Member(
      String path,
      @Nullable String text,
      @Nullable String base64,
      @Nullable Key key,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String mode) {}

  /**
   * A key of the host, and what a certificate for it is asked for. It is destroyed when a document
   * is proven to be in force, and none mentions its name any more.
   *
   * @param name in the host's key store: letters, digits and dashes
   * @param algorithm a word of {@link dev.perch.contract.certmon.KeyAlgorithm}; null takes the key
   *     as it is, and makes one on P-256
   * @param spki SHA-256 of its public key, hexadecimal, where that is known to whoever wants it: a
   *     certificate was issued for it, so no other will do, and none is made. Null takes the key as
   *     it is
   */
  public record Key(
      String name,
      @Nullable String algorithm,
      @Nullable String commonName,
      @Nullable List<String> dnsNames,
      @Nullable List<String> ipAddresses,
      @Nullable List<String> uris,
      @Nullable List<String> emails,
      @Nullable String spki) {}

  /**
   * A server of this host that shows the certificate of the set.
   *
   * @param address an IP address of the host and a port: {@code 127.0.0.1:443}, {@code [::1]:443}
   * @param serverName what to ask for by SNI; null asks for none
   * @param startTls NONE, POSTGRES or LDAP; null is NONE
   * @param sha256 of the DER of the certificate it has to show, hexadecimal
   */
  public record Probe(
      String address, @Nullable String serverName, @Nullable String startTls, String sha256) {}
}
