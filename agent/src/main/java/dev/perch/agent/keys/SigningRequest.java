package dev.perch.agent.keys;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate is asked for: a PKCS #10 request (RFC 2986) with a common name and subject
 * alternative names (RFC 5280 §4.2.1.6), signed as the key's algorithm says.
 *
 * @param commonName may be empty
 * @param dnsNames of the host
 * @param ipAddresses as text, no names
 * @param uris absolute, in ASCII
 * @param emails in ASCII
 */
public record SigningRequest(
    String commonName,
    List<String> dnsNames,
    List<String> ipAddresses,
    List<String> uris,
    List<String> emails) {
  private static final byte[] COMMON_NAME = Der.objectIdentifier(2, 5, 4, 3);
  private static final byte[] EXTENSION_REQUEST = Der.objectIdentifier(1, 2, 840, 113549, 1, 9, 14);
  private static final byte[] ALTERNATIVE_NAME = Der.objectIdentifier(2, 5, 29, 17);
  private static final int EMAIL = 0x81;
  private static final int DNS_NAME = 0x82;
  private static final int URI = 0x86;
  private static final int IP_ADDRESS = 0x87;

  public SigningRequest {
    dnsNames = copy(dnsNames);
    ipAddresses = copy(ipAddresses);
    uris = copy(uris);
    emails = copy(emails);
  }

  /** The request for a key, as PEM. Two may differ: ECDSA signatures are random. */
  public String sign(HostKey key) {
    byte[] info =
        Der.sequence(Der.version(0), subject(), key.pair().getPublic().getEncoded(), attributes());
    return pem(
        "CERTIFICATE REQUEST",
        Der.sequence(info, KeyKind.of(key.algorithm()).identifier(), Der.bits(key.sign(info))));
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
    List<byte[]> names = new ArrayList<>();
    dnsNames.forEach(name -> names.add(ascii(DNS_NAME, name)));
    ipAddresses.forEach(address -> names.add(Der.tagged(IP_ADDRESS, bytes(address))));
    uris.forEach(uri -> names.add(ascii(URI, uri)));
    emails.forEach(email -> names.add(ascii(EMAIL, email)));
    if (names.isEmpty()) {
      return Der.tagged(0xa0);
    }
    byte[] extension =
        Der.sequence(ALTERNATIVE_NAME, Der.octets(Der.sequence(names.toArray(byte[][]::new))));
    return Der.tagged(0xa0, Der.sequence(EXTENSION_REQUEST, Der.set(Der.sequence(extension))));
  }

  private static byte[] ascii(int tag, String text) {
    return Der.tagged(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A request that an older agent kept has fewer kinds of names. */
  private static List<String> copy(@Nullable List<String> names) {
    return names == null ? List.of() : List.copyOf(names);
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no IP address: " + address, e);
    }
  }
}
