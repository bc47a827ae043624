package dev.perch.certmon.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * PKCS#12 stores (RFC 7292), as this JDK writes them. Two stores with the same content are never
 * the same bytes, so one that is there and right is kept.
 */
final class Pkcs12 {
  private static final String ALIAS = "certificate";
  private static final String AUTHORITY = "authority-";

  private final char[] password;

  Pkcs12(String password) {
    this.password = password.toCharArray();
  }

  /** The certificate's chain and key. */
  byte[] keystore(Material material, Optional<byte[]> present) {
    X509Certificate[] chain = material.chain().toArray(X509Certificate[]::new);
    PrivateKey key = plain(material.key());
    return present
        .filter(store -> holds(store, chain, key))
        .orElseGet(
            () -> {
              try {
                KeyStore store = empty();
                store.setKeyEntry(ALIAS, key, password, chain);
                return write(store);
              } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("cannot write a keystore", e);
              }
            });
  }

  /** The authorities to trust. */
  byte[] truststore(List<X509Certificate> authorities, Optional<byte[]> present) {
    return present
        .filter(store -> trusts(store, authorities))
        .orElseGet(
            () -> {
              try {
                KeyStore store = empty();
                for (int i = 0; i < authorities.size(); i++) {
                  store.setCertificateEntry(AUTHORITY + i, authorities.get(i));
                }
                return write(store);
              } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("cannot write a truststore", e);
              }
            });
  }

  private boolean holds(byte[] bytes, Certificate[] chain, PrivateKey key) {
    try {
      KeyStore store = read(bytes);
      return store.size() == 1
          && Arrays.equals(store.getCertificateChain(ALIAS), chain)
          && store.getKey(ALIAS, password) instanceof PrivateKey held
          && Arrays.equals(plain(held).getEncoded(), key.getEncoded());
    } catch (GeneralSecurityException | IOException | RuntimeException notOurs) {
      return false;
    }
  }

  private boolean trusts(byte[] bytes, List<X509Certificate> authorities) {
    try {
      KeyStore store = read(bytes);
      for (int i = 0; i < authorities.size(); i++) {
        if (!authorities.get(i).equals(store.getCertificate(AUTHORITY + i))) {
          return false;
        }
      }
      return store.size() == authorities.size();
    } catch (GeneralSecurityException | IOException | RuntimeException notOurs) {
      return false;
    }
  }

  /** Whoever made it, its encoding is this JDK's: others add the public key, for example. */
  private static PrivateKey plain(PrivateKey key) {
    try {
      String algorithm = key.getAlgorithm().equals("ECDSA") ? "EC" : key.getAlgorithm();
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a key of a kind that this JDK does not know", e);
    }
  }

  private KeyStore read(byte[] bytes) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private byte[] write(KeyStore store) throws GeneralSecurityException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    return bytes.toByteArray();
  }
}
