package dev.perch.kit.served;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a client says before TLS begins. */
public enum StartTls {
  /** Nothing: the connection begins with TLS. */
  NONE {
    @Override
    void ask(InputStream in, OutputStream out) {}
  },

  /** PostgreSQL's SSLRequest: a message of 8 bytes, answered by one. */
  POSTGRES {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    @Override
    void ask(InputStream in, OutputStream out) throws IOException {
      out.write(SSL_REQUEST);
      int answer = in.read();
      if (answer < 0) {
        throw new EOFException();
      }
      if (answer != 'S') {
        throw new IOException("the server does no TLS");
      }
    }
  },

  /** The extended operation of RFC 4511 §4.14. */
  LDAP {
    private static final int INTEGER = 0x02;
    private static final int ENUMERATED = 0x0a;
    private static final int SEQUENCE = 0x30;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final int REQUEST_NAME = 0x80;
    private static final int MOST_BYTES = 4096;
    private static final byte[] NAME = "1.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.US_ASCII);

    @Override
    void ask(InputStream in, OutputStream out) throws IOException {
      byte[] number = {INTEGER, 1, 1};
      byte[] operation = Ber.value(EXTENDED_REQUEST, Ber.value(REQUEST_NAME, NAME));
      out.write(Ber.value(SEQUENCE, number, operation));
      Ber answer = Ber.read(in, MOST_BYTES).enter(SEQUENCE);
      answer.skip(INTEGER);
      byte[] result = answer.enter(EXTENDED_RESPONSE).take(ENUMERATED);
      if (result.length != 1 || result[0] != 0) {
        throw new IOException("the server refuses TLS");
      }
    }
  };

  /**
   * Says it, and returns when the server is ready for TLS.
   *
   * @throws IOException that says why it is not
   */
  abstract void ask(InputStream in, OutputStream out) throws IOException;
}
