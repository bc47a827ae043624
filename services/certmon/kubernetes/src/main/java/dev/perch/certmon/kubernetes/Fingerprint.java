package dev.perch.certmon.kubernetes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SHA-256 of each part of a Secret that is ours: enough to see a change, of no use to get a key.
 *
 * @param parts hexadecimal digests, by names like {@code data.tls.crt}
 */
public record Fingerprint(SortedMap<String, String> parts) {

  public Fingerprint {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  static Fingerprint of(Map<Part, byte[]> content) {
    SortedMap<String, String> digests = new TreeMap<>();
    content.forEach((part, value) -> digests.put(part.toString(), sha256(value)));
    return new Fingerprint(digests);
  }

  /**
   * The parts of this one that the other lacks or has otherwise; what it has besides is its own.
   */
  public List<String> differences(Fingerprint actual) {
    return parts.entrySet().stream()
        .filter(part -> !part.getValue().equals(actual.parts.get(part.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether what was published is the same; of stores only whether there are any. */
  public boolean isOfTheSame(Fingerprint other) {
    return parts.keySet().equals(other.parts.keySet())
        && differences(other).stream().allMatch(StoreKeys::isMadeAnew);
  }

  /** That of a certificate, as it is written elsewhere. */
  static String of(X509Certificate certificate) {
    try {
      return sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
