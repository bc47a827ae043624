package dev.perch.agent.keys;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a certificate is asked for: a PKCS #10 request (RFC 2986), signed with ECDSA and SHA-256,
 * with a common name and subject alternative names (RFC 5280 §4.2.1.6).
 *
 * @param commonName may be empty
 * @param dnsNames of the host
 * @param ipAddresses as text, no names
 */
public record SigningRequest(String commonName, List<String> dnsNames, List<String> ipAddresses) {
  private static final byte[] COMMON_NAME = Der.objectIdentifier(2, 5, 4, 3);
  private static final byte[] EXTENSION_REQUEST = Der.objectIdentifier(1, 2, 840, 113549, 1, 9, 14);
  private static final byte[] ALTERNATIVE_NAME = Der.objectIdentifier(2, 5, 29, 17);
  private static final byte[] ECDSA_WITH_SHA256 = Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2);
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  public SigningRequest {
    dnsNames = List.copyOf(dnsNames);
    ipAddresses = List.copyOf(ipAddresses);
  }

  /** The request for a key, as PEM. No two are equal: ECDSA signatures are random. */
  public String sign(KeyPair key) {
    byte[] info =
        Der.sequence(Der.version(0), subject(), key.getPublic().getEncoded(), attributes());
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(info);
      return pem(
          "CERTIFICATE REQUEST",
          Der.sequence(info, Der.sequence(ECDSA_WITH_SHA256), Der.bits(signature.sign())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Base64 in lines of 64 characters between two words (RFC 7468). */
  public static String pem(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private byte[] subject() {
    return commonName.isEmpty()
        ? Der.sequence()
        : Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(commonName))));
  }

  private byte[] attributes() {
    if (dnsNames.isEmpty() && ipAddresses.isEmpty()) {
      return Der.tagged(0xa0);
    }
    List<byte[]> names = new ArrayList<>();
    dnsNames.forEach(
        name -> names.add(Der.tagged(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII))));
    ipAddresses.forEach(address -> names.add(Der.tagged(IP_ADDRESS, bytes(address))));
    byte[] extension =
        Der.sequence(ALTERNATIVE_NAME, Der.octets(Der.sequence(names.toArray(byte[][]::new))));
    return Der.tagged(0xa0, Der.sequence(EXTENSION_REQUEST, Der.set(Der.sequence(extension))));
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no IP address: " + address, e);
    }
  }
}
