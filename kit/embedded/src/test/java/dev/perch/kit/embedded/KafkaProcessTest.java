package dev.perch.kit.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KafkaProcessTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void saysWhenItIsReadyAndStopsInAnOrderlyWayOnSigterm() throws Exception {
    int port = Ports.free();
    Process process = start(port, Ports.free(), folder);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).isEqualTo(KafkaProcess.READY + "127.0.0.1:" + port);
      assertThat(Ports.isFree(port)).isFalse();

      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(folder.resolve(".kafka_cleanshutdown")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(int port, int controllerPort, Path data) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file="
                    + System.getProperty("java.util.logging.config.file"),
                KafkaProcess.class.getName(),
                Integer.toString(port),
                Integer.toString(controllerPort),
                data.toString(),
                "log.flush.interval.messages=1"))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
