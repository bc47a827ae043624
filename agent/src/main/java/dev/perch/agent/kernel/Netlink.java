package dev.perch.agent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what the kernel multicasts (netlink(7)), each source on a daemon thread that lives as
 * long as the process. What is missed when the buffer overflows shows in the next poll.
 */
public final class Netlink {
  private static final Logger LOG = LoggerFactory.getLogger(Netlink.class);
  private static final int FAMILY = 16;
  private static final int RAW_CLOSED_ON_EXEC = 3 | 0x80000;
  private static final int BUFFER = 64 * 1024;
  private static final int NO_BUFFER_SPACE = 105;
  private static final int INTERRUPTED = 4;

  /** What can be listened to. */
  public enum Source {
    /** rtnetlink(7): links and addresses come, go and change. */
    LINKS(0, 0x1 | 0x10 | 0x100),
    /** Devices come, go and change: the kernel's side of what udev(7) tells. */
    DEVICES(15, 0x1);

    private final int protocol;
    private final int groups;

    Source(int protocol, int groups) {
      this.protocol = protocol;
      this.groups = groups;
    }
  }

  private Netlink() {}

  /**
   * @param heard gets each message; must return soon
   * @throws IOException if the kernel does not let us listen
   */
  public static void listen(Source source, Consumer<byte[]> heard) throws IOException {
    int socket = Libc.socket(FAMILY, RAW_CLOSED_ON_EXEC, source.protocol);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(12, 4);
      address.set(JAVA_SHORT, 0, (short) FAMILY);
      address.set(JAVA_INT, 8, source.groups);
      Libc.bind(socket, address);
    }
    Thread.ofPlatform().daemon().name("netlink-" + source).start(() -> loop(source, socket, heard));
  }

  private static void loop(Source source, int socket, Consumer<byte[]> heard) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER, 8);
      while (true) {
        heard.accept(next(socket, buffer));
      }
    } catch (Libc.Failure e) {
      LOG.atWarn()
          .addKeyValue("source", source)
          .addKeyValue("reason", e.getMessage())
          .log("The kernel no longer tells of changes; they are found by polling");
    }
  }

  private static byte[] next(int socket, MemorySegment buffer) throws Libc.Failure {
    while (true) {
      try {
        long length = Libc.receive(socket, buffer);
        return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      } catch (Libc.Failure e) {
        if (e.errno() == NO_BUFFER_SPACE) {
          return new byte[0];
        }
        if (e.errno() != INTERRUPTED) {
          throw e;
        }
      }
    }
  }
}
