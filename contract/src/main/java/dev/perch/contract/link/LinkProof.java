package dev.perch.contract.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.UUID;

/**
 * Signatures of an agent: ECDSA on P-256 with SHA-256 as {@code r || s} (IEEE P1363), base64url
 * without padding, over lines of UTF-8 text, each ended by a line feed. The first line says what is
 * signed, so that no signature is good for anything else; no clock is involved.
 *
 * <pre>
 *   hello:      perch-link-hello-1      server  nonce  hostId  instance
 *   enrolment:  perch-link-enrolment-1  server  token id  signing key  encryption key
 * </pre>
 */
public final class LinkProof {
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private LinkProof() {}

  public static String ofHello(
      PrivateKey key, String server, String nonce, UUID hostId, UUID instance) {
    return sign(key, hello(server, nonce, hostId, instance));
  }

  public static boolean isHello(
      PublicKey key, String proof, String server, String nonce, UUID hostId, UUID instance) {
    return verify(key, proof, hello(server, nonce, hostId, instance));
  }

  /** Proves that whoever enrols has the signing key it registers. */
  public static String ofEnrolment(
      PrivateKey key, String server, String tokenId, String signingKey, String encryptionKey) {
    return sign(key, enrolment(server, tokenId, signingKey, encryptionKey));
  }

  public static boolean isEnrolment(
      PublicKey key,
      String proof,
      String server,
      String tokenId,
      String signingKey,
      String encryptionKey) {
    return verify(key, proof, enrolment(server, tokenId, signingKey, encryptionKey));
  }

  private static byte[] hello(String server, String nonce, UUID hostId, UUID instance) {
    return lines("perch-link-hello-1", server, nonce, hostId.toString(), instance.toString());
  }

  private static byte[] enrolment(
      String server, String tokenId, String signingKey, String encryptionKey) {
    return lines("perch-link-enrolment-1", server, tokenId, signingKey, encryptionKey);
  }

  private static byte[] lines(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String sign(PrivateKey key, byte[] statement) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(statement);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whatever is wrong with the proof makes it none. */
  private static boolean verify(PublicKey key, String proof, byte[] statement) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(statement);
      return signature.verify(Base64.getUrlDecoder().decode(proof));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
