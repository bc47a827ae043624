package dev.perch.certmon.issue;

import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
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
 * The self-signed certificates that answer tls-alpn-01 (RFC 8737 §3), made for the server name of
 * the handshake. An address is asked for by its reverse name (RFC 8738 §6). What a certificate has
 * to say is in its alias, so that nothing is kept from one handshake to the next.
 */
final class AlpnAnswers extends X509ExtendedKeyManager {
  private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");
  private static final X500Name SUBJECT = new X500Name("CN=acme challenge");
  private static final Duration LIFE = Duration.ofDays(1);

  private final Clock clock;
  private final KeyPair keys = KeyType.P256.generate();
  private final Function<SubjectName, Optional<Challenge>> answers;

  /**
   * @param answers the challenge of a name, if it has one
   */
  AlpnAnswers(Clock clock, Function<SubjectName, Optional<Challenge>> answers) {
    this.clock = clock;
    this.answers = answers;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return socket instanceof SSLSocket tls
            && AlpnResponder.PROTOCOL.equals(tls.getHandshakeApplicationProtocol())
        ? alias(keyType, tls.getHandshakeSession())
        : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    int end = alias.indexOf(' ');
    return new X509Certificate[] {
      certificate(
          SubjectName.parse(alias.substring(end + 1)),
          HexFormat.of().parseHex(alias.substring(0, end)))
    };
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return keys.getPrivate();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
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
    return handshake.getRequestedServerNames().stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
        .flatMap(name -> ReverseName.meant(name).stream())
        .flatMap(name -> answers.apply(name).stream())
        .map(one -> HexFormat.of().formatHex(one.digest()) + " " + one.name())
        .findFirst()
        .orElse(null);
  }

  private X509Certificate certificate(SubjectName name, byte[] digest) {
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
          Extension.subjectAlternativeName, false, AlternativeNames.encode(List.of(name)));
      builder.addExtension(ACME_IDENTIFIER, true, new DEROctetString(digest));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return Bc.certificate(builder.build(Bc.signer(keys.getPrivate())));
  }
}
