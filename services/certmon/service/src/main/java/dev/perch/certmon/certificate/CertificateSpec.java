package dev.perch.certmon.certificate;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a certificate: everything of it that a patch may change, and the
 * site, which stays.
 *
 * @param credentials those to be kept from now on; null for those that there are
 */
public record CertificateSpec(
    @Nullable UUID siteId,
    String name,
    Map<String, String> labels,
    UUID issuerId,
    @Nullable String commonName,
    List<String> names,
    List<Certificate.Usage> usages,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Duration life,
    Certificate.KeyPolicy key,
    Certificate.Renewal renewal,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration alarmBefore,
    boolean revokeOnDelete,
    List<Target> targets,
    @Nullable StoreCredentials credentials) {

  public CertificateSpec {
    labels = Map.copyOf(labels);
    names = List.copyOf(names);
    usages = List.copyOf(usages);
    targets = List.copyOf(targets);
  }

  public static CertificateSpec of(
      @Nullable UUID site,
      String name,
      Map<String, String> labels,
      UUID issuer,
      @Nullable String commonName,
      List<String> names,
      Terms terms,
      boolean revokeOnDelete,
      List<Target> targets) {
    return new CertificateSpec(
        site,
        name,
        labels,
        issuer,
        commonName,
        names,
        terms.usages(),
        terms.life(),
        terms.key(),
        terms.renewal(),
        terms.alarmBefore(),
        revokeOnDelete,
        targets,
        null);
  }

  public static CertificateSpec of(Certificate certificate) {
    return new CertificateSpec(
        certificate.siteId(),
        certificate.name(),
        certificate.labels(),
        certificate.issuerId(),
        certificate.commonName(),
        certificate.names(),
        certificate.usages(),
        certificate.life(),
        certificate.key(),
        certificate.renewal(),
        certificate.alarmBefore(),
        certificate.revokeOnDelete(),
        certificate.targets(),
        null);
  }

  /** As this one, with what was given to be sealed. */
  CertificateSpec with(@Nullable StoreCredentials given) {
    return new CertificateSpec(
        siteId,
        name,
        labels,
        issuerId,
        commonName,
        names,
        usages,
        life,
        key,
        renewal,
        alarmBefore,
        revokeOnDelete,
        targets,
        given);
  }

  /**
   * A digest of what is asked of the issuer, and of the host whose key it is for. A revision that
   * was issued for another one is not what is wanted any more.
   */
  static String askedFor(Certificate certificate) {
    String all =
        String.join(
                "\n",
                certificate.issuerId().toString(),
                String.valueOf(certificate.commonName()),
                certificate.names().stream().sorted().toList().toString(),
                certificate.usages().stream().sorted().toList().toString(),
                certificate.life().toString(),
                String.valueOf(certificate.key().algorithm()))
            + HostFolders.of(certificate).map(folder -> "\n" + folder.hostId()).orElse("");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
