package dev.perch.contract.link;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;

/**
 * Pins of public keys: base64url, without padding, of the SHA-256 of a SubjectPublicKeyInfo (as in
 * RFC 7469 §2.4, but for the alphabet). Pinned are the link's certificate authority and a spare
 * one.
 *
 * @param pins at least one
 */
public record Pins(Set<String> pins) {

  public Pins {
    pins = Set.copyOf(pins);
    if (pins.isEmpty()) {
      throw new IllegalArgumentException("no pins");
    }
  }

  public static String of(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the certificate's key is pinned. It may then be trusted as an authority. */
  public boolean contain(X509Certificate certificate) {
    return pins.contains(of(certificate.getPublicKey()));
  }
}
