package dev.perch.agent;

import dev.perch.contract.link.Pins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority for a link, and a server's certificate from it, both made by openssl.
 *
 * @param chain PEM: the server's certificate and the authority's
 * @param key PEM: the server's
 * @param pin of the authority
 */
record Authority(Path chain, Path key, String pin) {

  /**
   * @param folder for its files
   * @param days for how long the server's certificate is good
   */
  static Authority create(Path folder, int days) {
    try {
      Files.createDirectories(folder);
      openssl(
          folder,
          "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30",
          "-keyout ca.key -out ca.pem -subj /CN=link-ca");
      openssl(
          folder,
          "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes",
          "-keyout server.key -out server.csr -subj /CN=link");
      openssl(
          folder,
          "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial",
          "-out server.pem -days " + days);
      Path chain = folder.resolve("chain.pem");
      Files.writeString(
          chain,
          Files.readString(folder.resolve("server.pem"))
              + Files.readString(folder.resolve("ca.pem")));
      return new Authority(chain, folder.resolve("server.key"), pin(folder.resolve("ca.pem")));
    } catch (IOException | InterruptedException | CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static String pin(Path pem) throws IOException, CertificateException {
    try (var in = Files.newInputStream(pem)) {
      return Pins.of(
          ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
              .getPublicKey());
    }
  }

  private static void openssl(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    for (String words : arguments) {
      command.addAll(List.of(words.split(" ")));
    }
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + output);
    }
  }
}
