package dev.perch.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.certmon.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostKeyTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(value = KeyAlgorithm.class, names = "RSA_[34].*", mode = EnumSource.Mode.MATCH_NONE)
  void opensslFindsTheSamePublicKeyInItsPem(KeyAlgorithm algorithm) throws Exception {
    HostKey key = HostKey.generate(algorithm);
    Path file = Files.writeString(temp.resolve("key.pem"), key.pem());

    String publicKey = openssl("openssl pkey -pubout -in " + file);

    assertThat(decode(publicKey)).isEqualTo(key.pair().getPublic().getEncoded());
  }

  /** GnuTLS reads no other. */
  @ParameterizedTest
  @EnumSource(
      value = KeyAlgorithm.class,
      names = {"P256", "P384"})
  void aKeyOnACurveHasItsPublicKeyWithIt(KeyAlgorithm algorithm) {
    HostKey key = HostKey.generate(algorithm);
    String spki = HexFormat.of().formatHex(key.pair().getPublic().getEncoded());

    String der = HexFormat.of().formatHex(decode(key.pem()));

    assertThat(der).endsWith(spki.substring(spki.indexOf("0004") + 2));
  }

  private static byte[] decode(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]*-----", ""));
  }

  private static String openssl(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
