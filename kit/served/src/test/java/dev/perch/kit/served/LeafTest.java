package dev.perch.kit.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafTest {

  /** Until 2049 the date is a UTCTime, afterwards a GeneralizedTime. */
  @ParameterizedTest
  @ValueSource(ints = {1, 400, 20_000})
  void itKnowsUntilWhenItIsGood(int days) throws Exception {
    byte[] der = certificate(days);

    Leaf leaf = Leaf.of(der);

    assertThat(leaf.notAfter())
        .isCloseTo(Instant.now().plus(Duration.ofDays(days)), within(1, ChronoUnit.MINUTES));
    assertThat(leaf.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Leaf.of(new byte[] {0x30, 3, 2, 1})).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Leaf.of(new byte[0])).isInstanceOf(IOException.class);
  }

  private static byte[] certificate(int days) throws IOException, InterruptedException {
    String command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null"
            + " -subj /CN=x -outform DER -days "
            + days;
    Process process =
        new ProcessBuilder(command.split(" "))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] der = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(new String(der, StandardCharsets.ISO_8859_1)).isZero();
    return der;
  }
}
