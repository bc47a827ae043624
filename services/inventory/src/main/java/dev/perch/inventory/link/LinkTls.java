package dev.perch.inventory.link;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS by BoringSSL, where its library can be loaded, and by the JDK elsewhere: handshakes are most
 * of what thousands of agents cost that come back at once.
 */
@ApplicationScoped
class LinkTls implements HttpServerOptionsCustomizer {

  private static final Logger LOG = LoggerFactory.getLogger(LinkTls.class);

  /**
   * When all agents come back at once, the last handshakes begun wait for the first: to end them
   * would have their agents begin again, and everybody wait for what nobody uses.
   */
  private static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(30);

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options
        .setSslHandshakeTimeout(HANDSHAKE_WITHIN.toSeconds())
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    } else {
      LOG.atInfo().log("BoringSSL cannot be loaded here; the JDK does TLS, which costs more");
    }
  }
}
