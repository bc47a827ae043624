package dev.perch.certmon.issue;

import dev.perch.kit.peers.ChallTestServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;

/**
 * The primary server of a zone that is served by challtestsrv, which takes no dynamic updates
 * itself: TCP, TSIG, TXT records. It hangs up after each answer, as a server may.
 */
final class UpdatableZone implements AutoCloseable {
  private final ServerSocket socket;
  private final TSIG key;
  private final ChallTestServer server;

  UpdatableZone(ChallTestServer server, TSIG key) {
    this.server = server;
    this.key = key;
    try {
      this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        // The end.
        continue;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] question = in.readNBytes(in.readUnsignedShort());
      byte[] answer = answer(question).toWire(Message.MAXLENGTH);
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      out.writeShort(answer.length);
      out.write(answer);
      out.flush();
    } catch (IOException gone) {
      // It has closed its end, or sent no question.
    }
  }

  /** What goes wrong here is said, as a server does: to be hung up on tells nobody why. */
  private Message answer(byte[] wire) throws IOException {
    Message question = new Message(wire);
    try {
      return answer(question, wire);
    } catch (IOException | RuntimeException e) {
      Message failed = bare(question, Rcode.SERVFAIL);
      failed.setTSIG(key, Rcode.NOERROR, question.getTSIG());
      return failed;
    }
  }

  private Message answer(Message question, byte[] wire) throws IOException {
    if (key.verify(question, wire, null) != Rcode.NOERROR) {
      return bare(question, Rcode.NOTAUTH);
    }
    Message answer;
    if (question.getHeader().getOpcode() == Opcode.UPDATE) {
      question.getSection(Section.UPDATE).forEach(this::apply);
      answer = bare(question, Rcode.NOERROR);
    } else {
      SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
      resolver.setPort(server.dnsPort());
      // A datagram is lost on a busy machine, and nobody sends it again.
      resolver.setTCP(true);
      answer = bare(question, Rcode.NOERROR);
      Message known = resolver.send(Message.newQuery(question.getQuestion()));
      for (Record each : known.getSection(Section.ANSWER)) {
        answer.addRecord(each, Section.ANSWER);
      }
    }
    answer.setTSIG(key, Rcode.NOERROR, question.getTSIG());
    return answer;
  }

  private void apply(Record change) {
    String name = change.getName().toString();
    if (change.getDClass() == DClass.IN && change instanceof TXTRecord text) {
      server.addTxt(name, text.getStrings().getFirst());
    } else {
      server.clearTxt(name);
    }
  }

  private static Message bare(Message question, int rcode) {
    Message answer = new Message(question.getHeader().getID());
    Header header = answer.getHeader();
    header.setFlag(Flags.QR);
    header.setOpcode(question.getHeader().getOpcode());
    header.setRcode(rcode);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    return answer;
  }
}
