package dev.perch.agent.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a document for the driver {@code files}.
 *
 * @param folder of the set: the files are below {@code folder/current}
 * @param files all of them: what is not listed is not there
 * @param reload the command to run after a change, word by word; null for none
 */
public record FileSet(String folder, List<Member> files, @Nullable List<String> reload) {

  public FileSet {
    files = List.copyOf(files);
    reload = reload == null ? null : List.copyOf(reload);
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
   * A key of the host, and what a certificate for it is asked for.
   *
   * @param name in the host's key store: letters, digits and dashes
   */
  public record Key(
      String name,
      @Nullable String commonName,
      @Nullable List<String> dnsNames,
      @Nullable List<String> ipAddresses) {}
}
