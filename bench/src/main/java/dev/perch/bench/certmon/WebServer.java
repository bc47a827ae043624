package dev.perch.bench.certmon;

import dev.perch.kit.embedded.Ports;
import dev.perch.kit.served.Endpoint;
import dev.perch.kit.served.Leaf;
import dev.perch.kit.served.StartTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** An nginx of its own with one TLS server, which is started by its first reload. */
final class WebServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int port = Ports.free();
  private final Path script;
  private final Path pid;

  /**
   * @param folder of its own, empty
   * @param tls where {@code tls.crt} and {@code tls.key} will be
   * @throws IllegalStateException if this machine has no nginx
   */
  WebServer(Path folder, Path tls) throws IOException {
    if (Stream.of("/usr/sbin/nginx", "/usr/bin/nginx").map(Path::of).noneMatch(Files::exists)) {
      throw new IllegalStateException("nginx is needed: sudo apt-get install -y nginx");
    }
    pid = folder.resolve("nginx.pid");
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        pid nginx.pid;
        worker_processes 1;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen %s ssl;
            ssl_certificate %s;
            ssl_certificate_key %s;
          }
        }
        """
            .formatted(address(), tls.resolve("tls.crt"), tls.resolve("tls.key")));
    script = folder.resolve("reload-or-start");
    Files.writeString(
        script,
        """
        #!/bin/sh
        if [ -e %1$s ]
        then exec nginx -p %2$s -c %3$s -e %2$s/error.log -s reload
        else exec nginx -p %2$s -c %3$s -e %2$s/error.log
        fi
        """
            .formatted(pid, folder, configuration));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** What a document says to have it show what is in the folder now. */
  List<String> reload() {
    return List.of(script.toString());
  }

  /** Where it listens: an address and a port. */
  String address() {
    return LOOPBACK + ":" + port;
  }

  /**
   * The certificate that it really shows.
   *
   * @throws IOException if it shows none
   */
  Leaf shown() throws IOException {
    return new Endpoint(new InetSocketAddress(LOOPBACK, port), null, StartTls.NONE).look();
  }

  /** Ends it, if it was ever started, and waits for that. */
  @Override
  public void close() throws IOException {
    Optional<ProcessHandle> running =
        Files.exists(pid)
            ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            : Optional.empty();
    if (running.isEmpty()) {
      return;
    }
    ProcessHandle nginx = running.get();
    var _ = nginx.destroy();
    try {
      nginx.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("nginx, process " + nginx.pid() + ", does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
