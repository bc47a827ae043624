package dev.perch.certmon.issue;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The self-signed certificates that answer tls-alpn-01 (RFC 8737 §3), chosen by the server name of
 * the handshake. An address is asked for by its reverse name (RFC 8738 §6).
 */
final class AlpnAnswers extends X509ExtendedKeyManager {
  private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");
  private static final X500Name SUBJECT = new X500Name("CN=acme challenge");
  private static final Duration LIFE = Duration.ofDays(1);

  private final Clock clock;
  private final KeyPair keys = KeyType.P256.generate();
  private final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();

  AlpnAnswers(Clock clock) {
    this.clock = clock;
  }

  void add(Challenge challenge) {
    certificates.put(serverName(challenge.name()), certificate(challenge));
  }

  void remove(Challenge challenge) {
    certificates.remove(serverName(challenge.name()));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return socket instanceof SSLSocket tls ? alias(keyType, tls.getHandshakeSession()) : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(keyType, engine.getHandshakeSession());
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    X509Certificate certificate = certificates.get(alias);
    return certificate == null ? null : new X509Certificate[] {certificate};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return keys.getPrivate();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return certificates.keySet().toArray(String[]::new);
  }

  /** It is never a client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private @Nullable String alias(String keyType, @Nullable SSLSession session) {
    if (!keyType.startsWith("EC") || !(session instanceof ExtendedSSLSession handshake)) {
      return null;
    }
    for (SNIServerName name : handshake.getRequestedServerNames()) {
      if (name instanceof SNIHostName host) {
        String asked = host.getAsciiName().toLowerCase(Locale.ROOT);
        if (certificates.containsKey(asked)) {
          return asked;
        }
      }
    }
    return null;
  }

  private X509Certificate certificate(Challenge challenge) {
    Instant now = clock.instant();
    var builder =
        new X509v3CertificateBuilder(
            SUBJECT,
            BigInteger.ONE,
            AsnTime.of(now.minus(LIFE)),
            AsnTime.of(now.plus(LIFE)),
            SUBJECT,
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    try {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          AlternativeNames.encode(List.of(challenge.name())));
      builder.addExtension(ACME_IDENTIFIER, true, new DEROctetString(challenge.digest()));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return Bc.certificate(builder.build(Bc.signer(keys.getPrivate())));
  }

  private static String serverName(SubjectName name) {
    return name.kind() == SubjectName.Kind.IP
        ? reverse(InetAddress.ofLiteral(name.value()))
        : name.value();
  }

  /** As in the DNS: {@code 1.2.0.192.in-addr.arpa}, {@code 1.0.…8.b.d.0.1.0.0.2.ip6.arpa}. */
  private static String reverse(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (address instanceof Inet4Address) {
        name.append(octet).append('.');
      } else {
        name.append(Integer.toHexString(octet & 0xf)).append('.');
        name.append(Integer.toHexString(octet >> 4)).append('.');
      }
    }
    return name.append(address instanceof Inet4Address ? "in-addr.arpa" : "ip6.arpa").toString();
  }
}
