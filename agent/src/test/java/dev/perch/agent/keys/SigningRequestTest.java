package dev.perch.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.certmon.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningRequestTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "P256, NIST CURVE: P-256, ecdsa-with-SHA256",
    "P384, NIST CURVE: P-384, ecdsa-with-SHA384",
    "RSA_2048, Public-Key: (2048 bit), sha256WithRSAEncryption",
    "RSA_3072, Public-Key: (3072 bit), sha256WithRSAEncryption",
    "ED25519, ED25519 Public-Key:, Signature Algorithm: ED25519"
  })
  void opensslReadsItAndFindsTheSignatureGood(KeyAlgorithm algorithm, String key, String signature)
      throws Exception {
    SigningRequest request =
        new SigningRequest(
            "h-1",
            List.of("h-1.example", "*.h-1.example"),
            List.of("192.0.2.7", "2001:db8::7"),
            List.of("spiffe://edge.example/h-1"),
            List.of("ops@edge.example"));

    String text = openssl(request.sign(HostKey.generate(algorithm)));

    assertThat(text)
        .contains("verify OK", key, signature)
        .containsPattern("CN ?= ?h-1\\b")
        .contains("DNS:h-1.example, DNS:*.h-1.example, IP Address:192.0.2.7")
        .contains("IP Address:2001:DB8:0:0:0:0:0:7")
        .contains("URI:spiffe://edge.example/h-1, email:ops@edge.example");
  }

  @Test
  void aRequestWithoutAnyNameIsOneToo() throws Exception {
    var request = new SigningRequest("", List.of(), List.of(), List.of(), List.of());

    assertThat(openssl(request.sign(HostKey.generate(KeyAlgorithm.P256)))).contains("verify OK");
  }

  private String openssl(String pem) throws IOException, InterruptedException {
    Path file = temp.resolve("request.pem");
    Files.writeString(file, pem);
    Process process =
        new ProcessBuilder("openssl", "req", "-in", file.toString(), "-noout", "-verify", "-text")
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
