package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom the port shows a certificate; that authorities take it is seen with Pebble. */
class TlsAlpn01Test {
  private static final String NAME = "web.edge.example";

  /** What a client says that was shown a certificate: nobody trusts it. */
  private static final String SHOWN = "PKIX";

  /** What a client says that was sent away. */
  private static final String SENT_AWAY = "Received fatal alert";

  private final TlsAlpn01 solver =
      new TlsAlpn01(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Requests.CLOCK);
  private final Challenge challenge =
      new Challenge(
          URI.create("https://acme.example/authorization/1"),
          URI.create("https://acme.example/challenge/1"),
          ChallengeType.TLS_ALPN_01,
          SubjectName.dns(NAME),
          "token",
          "token.thumbprint");

  @BeforeEach
  void present() {
    solver.present(challenge);
  }

  @AfterEach
  void close() {
    solver.close();
  }

  @Test
  void whoAsksAsAnAuthorityDoesIsShownTheAnswer() {
    assertThatThrownBy(() -> ask("WEB.edge.example", "acme-tls/1")).hasMessageContaining(SHOWN);
  }

  @Test
  void whoAsksForAnotherNameOrSpeaksAnotherProtocolIsSentAway() {
    for (List<String> asked :
        List.of(
            List.of("other.edge.example", "acme-tls/1"),
            List.of(NAME, "http/1.1"),
            List.of(NAME))) {
      assertThatThrownBy(
              () -> ask(asked.getFirst(), asked.subList(1, asked.size()).toArray(String[]::new)))
          .as(asked.toString())
          .isInstanceOf(SSLException.class)
          .hasMessageContaining(SENT_AWAY);
    }
  }

  @Test
  void anAnswerThatWasRemovedIsGone() {
    solver.remove(challenge);

    assertThatThrownBy(() -> ask(NAME, "acme-tls/1")).hasMessageContaining(SENT_AWAY);
  }

  private void ask(String name, String... protocols) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            SSLContext.getDefault()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), solver.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      parameters.setApplicationProtocols(protocols);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("no handshake", e);
    }
  }
}
