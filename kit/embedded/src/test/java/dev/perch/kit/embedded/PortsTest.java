package dev.perch.kit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void whatWasGivenIsHeldWhileNobodyListens() throws IOException {
    int port = Ports.free();

    try (Socket other = new Socket()) {
      assertThatThrownBy(() -> other.bind(at(port))).isInstanceOf(BindException.class);
    }
  }

  @Test
  void aServerListensOnItAgainAndAgain() throws IOException {
    int port = Ports.free();

    for (int start = 0; start < 2; start++) {
      assertThat(Ports.isFree(port)).isTrue();
      try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          Socket client = new Socket(server.getInetAddress(), port);
          Socket accepted = server.accept()) {
        assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        assertThat(Ports.isFree(port)).isFalse();
      }
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
