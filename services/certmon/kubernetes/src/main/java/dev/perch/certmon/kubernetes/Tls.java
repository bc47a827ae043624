package dev.perch.certmon.kubernetes;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS with the anchors and the identity of a cluster, not those of this JVM. */
final class Tls {
  private Tls() {}

  static SSLContext context(Cluster cluster) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(identity(cluster.credential()), trust(cluster.authorityPem()), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "the certificates of cluster " + cluster.name() + " cannot be used", e);
    }
  }

  private static TrustManager @Nullable [] trust(@Nullable String authorityPem)
      throws GeneralSecurityException, IOException {
    if (authorityPem == null) {
      return null;
    }
    KeyStore anchors = empty();
    List<X509Certificate> authorities = Pem.certificates(authorityPem);
    for (int i = 0; i < authorities.size(); i++) {
      anchors.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] identity(Credential credential)
      throws GeneralSecurityException, IOException {
    return switch (credential) {
      case Credential.Token token -> null;
      case Credential.ClientCertificate client -> {
        char[] password = {};
        KeyStore keys = empty();
        keys.setKeyEntry(
            "client",
            Pem.key(client.keyPem()),
            password,
            Pem.certificates(client.certificatePem()).toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        yield factory.getKeyManagers();
      }
    };
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
