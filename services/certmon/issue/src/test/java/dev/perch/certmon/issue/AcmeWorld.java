package dev.perch.certmon.issue;

import com.sun.net.httpserver.HttpServer;
import dev.perch.kit.peers.ChallTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** What an ACME server sees of us: a DNS, a web server, a TLS port. */
final class AcmeWorld implements AutoCloseable {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  final Http01 http01 = new Http01();
  final TlsAlpn01 tlsAlpn01 = new TlsAlpn01(ANY_PORT, Requests.CLOCK);
  final ChallTestServer dns;
  private final HttpServer web;

  AcmeWorld(Path folder) {
    this.dns = new ChallTestServer(folder);
    try {
      this.web = HttpServer.create(ANY_PORT, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext(
        Http01.PATH,
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          Optional<String> answer = http01.answer(path.substring(Http01.PATH.length()));
          byte[] body = answer.orElse("").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    dns.start();
  }

  int httpPort() {
    return web.getAddress().getPort();
  }

  int tlsPort() {
    return tlsAlpn01.port();
  }

  /** dns-01 by the DNS server's own interface. */
  ChallengeSolver dns01() {
    return new ToldDns(dns);
  }

  List<ChallengeSolver> solvers() {
    return List.of(http01, dns01());
  }

  @Override
  public void close() {
    web.stop(0);
    tlsAlpn01.close();
    dns.close();
  }

  private record ToldDns(ChallTestServer server) implements ChallengeSolver {

    @Override
    public ChallengeType type() {
      return ChallengeType.DNS_01;
    }

    @Override
    public void present(Challenge challenge) {
      server.addTxt(challenge.recordName(), challenge.recordValue());
    }

    @Override
    public void remove(Challenge challenge) {
      server.clearTxt(challenge.recordName());
    }
  }
}
