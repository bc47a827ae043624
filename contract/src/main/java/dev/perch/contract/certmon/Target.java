package dev.perch.contract.certmon;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place a certificate is published to, of exactly one kind.
 *
 * @param host a folder of a host, whose agent makes the key
 * @param secret a Secret of Kubernetes
 */
public record Target(@Nullable HostFolder host, @Nullable Secret secret) {

  /** What a target names. */
  public sealed interface Place {

    /** How it is looked up what is really served there; null if nothing is asked. */
    @Nullable Probe probe();
  }

  public static Target of(HostFolder host) {
    return new Target(host, null);
  }

  public static Target of(Secret secret) {
    return new Target(null, secret);
  }

  /** Empty if the writer is newer and knows a kind this reader does not know. */
  public Optional<Place> place() {
    return Optional.ofNullable(host == null ? secret : host);
  }

  /**
   * A folder on a host. The key is made there and never leaves it.
   *
   * @param folder absolute; the files are below {@code current} in it
   * @param owner a user's name; null for the agent's
   * @param group a group's name; null for the agent's
   * @param mode of the key, octal; null for {@code 0600}
   * @param reload the command to run after a change, word by word; null for none
   */
  public record HostFolder(
      UUID hostId,
      String folder,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String mode,
      @Nullable List<String> reload,
      Files files,
      @Override @Nullable Probe probe)
      implements Place {

    public HostFolder {
      reload = reload == null ? null : List.copyOf(reload);
    }
  }

  /**
   * The names of the files.
   *
   * @param certificate the chain, leaf first
   * @param key the private key, PKCS #8
   * @param ca whom the certificate's users trust
   */
  public record Files(String certificate, String key, String ca) {
    public static final Files USUAL = new Files("tls.crt", "tls.key", "ca.crt");
  }

  /**
   * A Secret of the type {@code kubernetes.io/tls}.
   *
   * @param cluster the name it is known by
   * @param pkcs12 what there is besides PEM; null for nothing
   */
  public record Secret(
      String cluster,
      String namespace,
      String name,
      @Override @Nullable Probe probe,
      @Nullable Pkcs12 pkcs12)
      implements Place {}

  /**
   * PKCS #12 stores in a Secret: {@code keystore.p12} and {@code truststore.p12}.
   *
   * @param passwordFrom where their password is; null for the certificate's own, which is a
   *     credential or, without one, made and kept in the Secret as {@code keystore.password}
   */
  public record Pkcs12(@Nullable PasswordFrom passwordFrom) {}

  /** A key of another Secret in the same namespace. */
  public record PasswordFrom(String secret, String key) {}

  /**
   * How it is looked up what is really served.
   *
   * @param address {@code 127.0.0.1:8443}; for a host an IP address of its own, no name
   * @param serverName what is asked for (SNI); null for nothing
   * @param startTls null if the writer is newer and uses a word this reader does not know
   */
  public record Probe(String address, @Nullable String serverName, @Nullable StartTls startTls) {}

  /** What is said before TLS begins. */
  public enum StartTls {
    NONE,
    POSTGRES,
    LDAP
  }
}
