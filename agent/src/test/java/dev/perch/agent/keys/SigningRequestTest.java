package dev.perch.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.link.AgentKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningRequestTest {
  @TempDir Path temp;

  @Test
  void opensslReadsItAndFindsTheSignatureGood() throws Exception {
    String pem =
        new SigningRequest(
                "h-1", List.of("h-1.example", "*.h-1.example"), List.of("192.0.2.7", "2001:db8::7"))
            .sign(AgentKeys.generate());

    String text = openssl(pem);

    assertThat(text)
        .contains("verify OK")
        .containsPattern("CN ?= ?h-1\\b")
        .contains("DNS:h-1.example, DNS:*.h-1.example, IP Address:192.0.2.7")
        .contains("IP Address:2001:DB8:0:0:0:0:0:7")
        .contains("NIST CURVE: P-256");
  }

  @Test
  void aRequestWithoutAnyNameIsOneToo() throws Exception {
    assertThat(openssl(new SigningRequest("", List.of(), List.of()).sign(AgentKeys.generate())))
        .contains("verify OK");
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
