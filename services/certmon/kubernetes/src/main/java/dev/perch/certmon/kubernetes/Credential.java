package dev.perch.certmon.kubernetes;

/** What a cluster knows us by. Its {@code toString} tells no secret. */
public sealed interface Credential {

  /** A bearer token, usually of a service account. */
  record Token(String token) implements Credential {
    public Token {
      if (token.isBlank() || !token.chars().allMatch(Token::isVisible)) {
        throw new IllegalArgumentException("a token is one line of visible characters");
      }
    }

    private static boolean isVisible(int character) {
      return character > ' ' && character < 127;
    }

    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /**
   * A certificate for clients.
   *
   * @param certificatePem the certificate and those above it that the server does not have
   * @param keyPem its key: PKCS#8, PKCS#1 or SEC 1, not encrypted
   */
  record ClientCertificate(String certificatePem, String keyPem) implements Credential {
    public ClientCertificate {
      Pem.certificates(certificatePem);
      Pem.key(keyPem);
    }

    @Override
    public String toString() {
      return "ClientCertificate[]";
    }
  }
}
