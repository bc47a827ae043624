package dev.perch.certmon.issue;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLException;

/** A peer that could not be talked to. */
final class Unreachable {
  private Unreachable() {}

  static Failure of(URI peer, IOException cause) {
    String where = peer.getHost() + (peer.getPort() < 0 ? "" : ":" + peer.getPort());
    // A server that is not who it says it is may be so for a moment, during its own renewal.
    String code = cause instanceof SSLException ? "untrusted-server" : "unreachable";
    return new Failure.Away(code, where + ": " + reason(cause));
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
