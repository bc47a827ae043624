package dev.perch.agent.link;

import dev.perch.contract.link.Pins;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** HTTP over TLS 1.3 to pinned servers, straight or through a proxy that tunnels by CONNECT. */
public final class Transport {
  /** TLS included: a server whose agents all come back at once takes its time. */
  static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

  private final @Nullable InetSocketAddress proxy;

  /**
   * @param proxy {@code host:port}; null for none. Its name is resolved with each connection.
   */
  public Transport(@Nullable String proxy) {
    this.proxy = proxy == null ? null : address(proxy);
  }

  /** A client for the servers of these pins; to be closed. */
  HttpClient client(Set<String> pins) {
    SSLParameters tls = new SSLParameters();
    tls.setProtocols(new String[] {"TLSv1.3"});
    // The pool ends with the client, which never blocks a thread of it.
    ExecutorService pool =
        Executors.newFixedThreadPool(
            2, task -> Thread.ofPlatform().daemon().name("link-io").unstarted(task));
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .sslContext(new PinnedTrust(new Pins(pins)).context())
            .sslParameters(tls)
            .executor(pool);
    builder.proxy(proxy == null ? HttpClient.Builder.NO_PROXY : ProxySelector.of(proxy));
    return builder.build();
  }

  private static InetSocketAddress address(String proxy) {
    int colon = proxy.lastIndexOf(':');
    return InetSocketAddress.createUnresolved(
        proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)));
  }
}
