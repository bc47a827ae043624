package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pkcs8Test {
  @ParameterizedTest
  @CsvSource({"SunEC, 256", "SunEC, 384", "BC, 256", "BC, 384"})
  void aKeyOnACurveHasItsPublicKeyWithIt(String maker, int bits) throws Exception {
    KeyPair pair = pair("EC", maker, bits);

    byte[] encoded = Pkcs8.encode(pair.getPrivate(), pair.getPublic());

    String spki = HexFormat.of().formatHex(pair.getPublic().getEncoded());
    String point = spki.substring(spki.length() - 2 * (1 + 2 * bits / 8));
    assertThat(HexFormat.of().formatHex(encoded)).contains("00" + point);
    String pem = new String(Pem.encode(encoded), StandardCharsets.US_ASCII);
    assertThat(((ECPrivateKey) Pem.key(pem)).getS())
        .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
  }

  @Test
  void aKeyOfAnotherKindIsAsItIs() throws Exception {
    KeyPair pair = pair("RSA", "SunRsaSign", 2048);

    assertThat(Pkcs8.encode(pair.getPrivate(), pair.getPublic()))
        .isEqualTo(pair.getPrivate().getEncoded());
  }

  private static KeyPair pair(String algorithm, String maker, int bits) throws Exception {
    Provider provider =
        maker.equals("BC") ? new BouncyCastleProvider() : Security.getProvider(maker);
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }
}
