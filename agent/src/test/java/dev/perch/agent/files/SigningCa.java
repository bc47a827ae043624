package dev.perch.agent.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;

/** A certificate authority that signs what a host asks for; made of openssl. */
final class SigningCa {
  private final Path folder;

  /**
   * @param sha256 of the DER, as a probe wants it
   */
  record Certificate(String pem, String sha256) {}

  SigningCa(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30"
            + " -keyout ca.key -out ca.pem -subj /CN=ca");
  }

  /** No two are equal. */
  Certificate sign(String request) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("request.pem"), request);
    openssl(
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 7 -out leaf.pem");
    return certificate();
  }

  /**
   * A certificate and a key that no host has asked for, in {@code rival.pem}, {@code rival.key}.
   */
  Certificate rival() throws IOException, InterruptedException {
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 7"
            + " -keyout rival.key -out rival.pem -subj /CN=rival");
    Files.copy(
        folder.resolve("rival.pem"),
        folder.resolve("leaf.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    return certificate();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private Certificate certificate() throws IOException {
    String pem = Files.readString(folder.resolve("leaf.pem"));
    String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
    return new Certificate(pem, Wanted.hash(Base64.getDecoder().decode(body)));
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(("openssl " + arguments).split(" ")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(arguments + "\n" + output);
    }
  }
}
