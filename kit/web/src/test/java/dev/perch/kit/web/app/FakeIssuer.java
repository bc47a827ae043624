package dev.perch.kit.web.app;

import com.sun.net.httpserver.HttpServer;
import dev.perch.contract.Json;
import dev.perch.kit.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two documents of an OpenID provider that a resource server reads, on a port that stays the
 * same while it is stopped.
 */
final class FakeIssuer {
  private final int port;
  private final ServerSocket silent;
  private @Nullable HttpServer server;
  private KeyPair key = newKey();
  private String keyId = "one";

  /** Accepts connections and says nothing, until it is started or stopped. */
  FakeIssuer() {
    try {
      port = Ports.free();
      silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + "/realms/perch";
  }

  void start() throws IOException {
    if (server == null) {
      silent.close();
      HttpServer started = bind(port);
      answer(
          started,
          "/realms/perch/.well-known/openid-configuration",
          () -> Map.of("issuer", url(), "jwks_uri", url() + "/certs"));
      answer(started, "/realms/perch/certs", () -> Map.of("keys", List.of(jwk())));
      started.start();
      server = started;
    }
  }

  void stop() throws IOException {
    silent.close();
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  void rotate(String newKeyId) {
    key = newKey();
    keyId = newKeyId;
  }

  String token() {
    return io.smallrye.jwt.build.Jwt.issuer(url())
        .audience("perch")
        .subject("alice")
        .claim("realm_access", Map.of("roles", List.of("viewer")))
        .expiresIn(300)
        .jws()
        .keyId(keyId)
        .sign(key.getPrivate());
  }

  private Map<String, String> jwk() {
    RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return Map.of(
        "kty",
        "RSA",
        "use",
        "sig",
        "alg",
        "RS256",
        "kid",
        keyId,
        "n",
        base64.encodeToString(unsigned(rsa.getModulus().toByteArray())),
        "e",
        base64.encodeToString(rsa.getPublicExponent().toByteArray()));
  }

  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
  }

  private static void answer(
      HttpServer server, String path, java.util.function.Supplier<Map<String, ?>> document) {
    var _ =
        server.createContext(
            path,
            exchange -> {
              byte[] body = Json.MAPPER.writeValueAsBytes(document.get());
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
  }

  private static HttpServer bind(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
