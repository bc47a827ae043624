package dev.perch.kit.served;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Where a TLS server listens.
 *
 * @param serverName asked for by SNI (RFC 6066 §3); null asks for none
 */
public record Endpoint(
    InetSocketAddress address, @Nullable SNIHostName serverName, StartTls startTls) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[(?<six>[^\\]%]+)\\]|(?<four>[0-9.]+)):(?<port>[0-9]{1,5})");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * An IP address and a port: {@code 127.0.0.1:443}, {@code [::1]:443}. Empty if it is anything
   * else: no name, no scope, not the address of all.
   */
  public static Optional<InetSocketAddress> literal(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group("port"));
    String literal = matcher.group("six") != null ? matcher.group("six") : matcher.group("four");
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      return port > 0 && port < 65_536 && !address.isAnyLocalAddress()
          ? Optional.of(new InetSocketAddress(address, port))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A {@link #literal} of this host. Empty if it is anything else, and that on purpose: nobody
   * shall look at other machines through this one.
   */
  public static Optional<InetSocketAddress> ownAddress(String text) {
    return literal(text).filter(address -> isOwn(address.getAddress()));
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /**
   * The certificate it shows now.
   *
   * @throws IOException that says, for people, why none was seen; it takes 5 s at most
   */
  public Leaf look() throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException("nobody knows the name " + address.getHostString());
    }
    try (Socket socket = new Socket()) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      // A server that says a byte now and then would keep each single read short.
      CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> abort(socket));
      try {
        return look(socket);
      } catch (SocketException e) {
        throw System.nanoTime() < deadline ? e : tooLate(e);
      }
    } catch (SocketTimeoutException e) {
      throw tooLate(e);
    } catch (EOFException e) {
      throw new IOException("the server ended the connection", e);
    }
  }

  private Leaf look(Socket socket) throws IOException {
    int most = (int) PATIENCE.toMillis();
    socket.connect(address, most);
    socket.setSoTimeout(most);
    // The client's last flight is two records: the second would wait for the first one's delayed
    // acknowledgement.
    socket.setTcpNoDelay(true);
    startTls.ask(socket.getInputStream(), socket.getOutputStream());
    SSLSocket tls =
        (SSLSocket)
            AnyCertificate.freshContext()
                .getSocketFactory()
                .createSocket(
                    socket, address.getAddress().getHostAddress(), address.getPort(), true);
    try (tls) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setServerNames(serverName == null ? List.of() : List.of(serverName));
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return Leaf.of(tls.getSession().getPeerCertificates()[0].getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static IOException tooLate(IOException cause) {
    return new IOException("no answer within " + PATIENCE.toSeconds() + " s", cause);
  }

  private static void abort(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Whoever reads from it finds out.
    }
  }

  /** The address and the name asked for, for people. */
  @Override
  public String toString() {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    String shown = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    return serverName == null ? shown : shown + " (" + serverName.getAsciiName() + ")";
  }
}
