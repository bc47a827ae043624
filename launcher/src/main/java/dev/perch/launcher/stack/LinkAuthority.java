package dev.perch.launcher.stack;

import dev.perch.launcher.process.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The certificate authority of the agent link, a spare one, and the link's own certificate, made by
 * the JDK's keytool when the stack is first started. Agents pin the two authorities.
 *
 * @param keyStore PKCS#12 with the link's key and its chain, for the service
 * @param password of the key store
 * @param authorities PEM with the certificates of both authorities
 */
record LinkAuthority(Path keyStore, String password, Path authorities) {
  private static final String FOLDER = "link";
  private static final String PASSWORD = "PERCH_LINK_PASSWORD";

  /** A trial is not renewed: whoever keeps it for longer starts it afresh. */
  private static final String DAYS = "3650";

  /** Makes what is missing. */
  static LinkAuthority in(Folders folders, Credentials credentials)
      throws IOException, InterruptedException, StartFailed {
    Path folder = folders.data(FOLDER);
    Login login = credentials.login("link/key-store", "link");
    var authority =
        new LinkAuthority(folder.resolve("link.p12"), login.password(), authorities(folders));
    if (!Files.exists(authority.keyStore())) {
      authority.make(folder, folders.log("link-authority"));
    }
    return authority;
  }

  /** Where the certificates of both authorities are. */
  static Path authorities(Folders folders) {
    return folders.data(FOLDER).resolve("authorities.pem");
  }

  /** What a service that ends the link's TLS has to be told. */
  Map<String, String> environment(int port, List<Integer> ports) {
    return Map.of(
        "QUARKUS_HTTP_SSL_PORT", Integer.toString(port),
        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE", keyStore.toString(),
        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE_TYPE", "PKCS12",
        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD", password,
        "QUARKUS_HTTP_INSECURE_REQUESTS", "enabled",
        "PERCH_ENROLMENT_AUTHORITIES", authorities.toString(),
        "PERCH_ENROLMENT_ENDPOINTS",
            String.join(",", ports.stream().map(one -> "https://127.0.0.1:" + one).toList()));
  }

  /** The key store is written last: with it everything is there. */
  private void make(Path folder, Path log) throws IOException, InterruptedException, StartFailed {
    Files.createDirectories(folder);
    Path keys = folder.resolve("authorities.p12");
    for (Path left : List.of(keys, authorities)) {
      Files.deleteIfExists(left);
    }
    StringBuilder pem = new StringBuilder();
    for (String name : List.of("authority", "spare")) {
      keytool(
          log,
          keys,
          pair(name, "Perch agent link " + name, "bc:c=ca:true,pathlen:0", "ku:c=keyCertSign"));
      Path certificate = folder.resolve(name + ".pem");
      keytool(
          log,
          keys,
          List.of("-exportcert", "-rfc", "-alias", name, "-file", certificate.toString()));
      pem.append(Files.readString(certificate));
      Files.delete(certificate);
    }
    Files.writeString(authorities, pem);
    List<String> server =
        new ArrayList<>(
            pair("link", "Perch agent link", "san=dns:localhost,ip:127.0.0.1", "eku=serverAuth"));
    server.addAll(List.of("-signer", "authority"));
    keytool(log, keys, server);
    Path fresh = folder.resolve("link.p12.new");
    Files.deleteIfExists(fresh);
    keytool(
        log,
        fresh,
        List.of(
            "-importkeystore",
            "-srckeystore",
            keys.toString(),
            "-srcstorepass:env",
            PASSWORD,
            "-srcalias",
            "link"));
    Files.move(fresh, keyStore);
  }

  private static List<String> pair(String alias, String name, String... extensions) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-validity",
                DAYS,
                "-dname",
                "CN=" + name));
    for (String extension : extensions) {
      arguments.add("-ext");
      arguments.add(extension);
    }
    return arguments;
  }

  private void keytool(Path log, Path store, List<String> arguments)
      throws IOException, InterruptedException, StartFailed {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    boolean imports = arguments.contains("-importkeystore");
    command.addAll(
        List.of(
            imports ? "-destkeystore" : "-keystore",
            store.toString(),
            imports ? "-deststorepass:env" : "-storepass:env",
            PASSWORD,
            "-noprompt"));
    Shell.run(command, Path.of("/"), Map.of(PASSWORD, password), log);
  }

  /** Does not show the password. */
  @Override
  public String toString() {
    return "LinkAuthority[" + authorities + "]";
  }
}
