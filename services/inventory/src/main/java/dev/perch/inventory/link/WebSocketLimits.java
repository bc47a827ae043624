package dev.perch.inventory.link;

import dev.perch.contract.link.LinkProtocol;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** What a frame may have, and what of WebSockets is not offered. */
@ApplicationScoped
class WebSocketLimits implements HttpServerOptionsCustomizer {

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    limit(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    limit(options);
  }

  private static void limit(HttpServerOptions options) {
    options
        .setMaxWebSocketFrameSize(LinkProtocol.FRAME_MAX)
        .setMaxWebSocketMessageSize(LinkProtocol.FRAME_MAX)
        // Messages are gzipped where it pays, and a compression of every connection's own costs
        // memory.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setRegisterWebSocketWriteHandlers(false);
  }
}
