package dev.perch.kit.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:443", "127.9.9.9:1", "[::1]:65535"})
  void loopbackIsThisHost(String address) {
    assertThat(Endpoint.ownAddress(address)).isPresent();
  }

  @Test
  void anAddressOfAnInterfaceIsThisHost() throws IOException {
    InetAddress own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.getAddress().length == 4)
            .reduce((first, last) -> last)
            .orElseThrow();

    assertThat(Endpoint.ownAddress(own.getHostAddress() + ":443")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1:443",
        "[2001:db8::1]:443",
        "0.0.0.0:443",
        "[::]:443",
        "localhost:443",
        "example.com:443",
        "[localhost]:443",
        "127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:443/",
        "[::ffff:192.0.2.1]:443",
        "[::1%lo]:443",
        ""
      })
  void whatIsNoAddressOfThisHostIsNotAsked(String address) {
    assertThat(Endpoint.ownAddress(address)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1:443", "[2001:db8::1]:443", "127.0.0.1:443"})
  void anAddressOfAnyHostCanBeWrittenDown(String address) {
    assertThat(Endpoint.literal(address)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0:443", "[::]:443", "localhost:443", "[fe80::1%eth0]:443", "192.0.2.1:0"})
  void whatNoHostWouldTakeForItsOwnIsNoAddress(String address) {
    assertThat(Endpoint.literal(address)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(StartTls.class)
  void whoEndsTheConnectionShowsNothing(StartTls startTls) throws Exception {
    assertThatThrownBy(() -> look(startTls, null)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRES, 4e, does no TLS",
    "LDAP, 300c02010178070a013404000400, refuses TLS",
    "LDAP, 3005020101, ended the connection",
    "LDAP, 3084ffffffff, another shape",
    "LDAP, 485454502f31, ended the connection"
  })
  void whoDoesNotBeginTlsSaysWhy(StartTls startTls, String answer, String failure) {
    assertThatThrownBy(() -> look(startTls, HexFormat.of().parseHex(answer)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(failure);
  }

  /** Asks a server that takes what comes, answers this and ends the connection. */
  private static Leaf look(StartTls startTls, byte @Nullable [] answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = Thread.ofVirtual().start(() -> answer(server, answer));
      try {
        var address = new InetSocketAddress("127.0.0.1", server.getLocalPort());
        return new Endpoint(address, null, startTls).look();
      } finally {
        thread.join();
      }
    }
  }

  private static void answer(ServerSocket server, byte @Nullable [] answer) {
    try (Socket socket = server.accept()) {
      if (answer != null) {
        var _ = socket.getInputStream().read(new byte[512]);
        socket.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
