package dev.perch.agent.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few functions of the C library that are needed; a failure is an exception with errno. */
final class Libc {
  static final int O_RDWR = 2;
  static final int O_CLOEXEC = 0x80000;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), 0);
  private static final MethodHandle IOCTL =
      function("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG), 2);
  private static final MethodHandle MMAP =
      function(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
          0);
  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 0);
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), 0);
  private static final MethodHandle RECV =
      function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), 0);
  private static final MethodHandle ADJTIMEX =
      function("adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS), 0);

  private Libc() {}

  /** A system call that was refused. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1;
    private final int errno;

    Failure(String function, int errno) {
      super(function + " failed: " + name(errno));
      this.errno = errno;
    }

    int errno() {
      return errno;
    }

    private static String name(int errno) {
      return switch (errno) {
        case 1 -> "EPERM";
        case 2 -> "ENOENT";
        case 6 -> "ENXIO";
        case 13 -> "EACCES";
        case 16 -> "EBUSY";
        case 19 -> "ENODEV";
        case 22 -> "EINVAL";
        case 25 -> "ENOTTY";
        default -> "errno " + errno;
      };
    }
  }

  static int open(String path, int flags) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call("open", OPEN, arena, arena.allocateFrom(path), flags);
    }
  }

  static void close(int descriptor) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      call("close", CLOSE, arena, descriptor);
    }
  }

  static int ioctl(int descriptor, long request, long argument) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call("ioctl", IOCTL, arena, descriptor, request, argument);
    }
  }

  /** Shared memory of a descriptor, for as long as the process lives. */
  static MemorySegment map(int descriptor, long size) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      long at = call("mmap", MMAP, arena, 0L, size, PROT_READ_WRITE, MAP_SHARED, descriptor, 0L);
      return MemorySegment.ofAddress(at).reinterpret(size);
    }
  }

  static int socket(int domain, int type, int protocol) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call("socket", SOCKET, arena, domain, type, protocol);
    }
  }

  static void bind(int socket, MemorySegment address) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      call("bind", BIND, arena, socket, address, (int) address.byteSize());
    }
  }

  /** Waits for a datagram; answers how many bytes came. */
  static long receive(int socket, MemorySegment buffer) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      return call("recv", RECV, arena, socket, buffer, buffer.byteSize(), 0);
    }
  }

  /** Answers the state of the kernel's clock. */
  static int adjtimex(MemorySegment timex) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call("adjtimex", ADJTIMEX, arena, timex);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor shape, int firstVariadic) {
    MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return firstVariadic == 0
        ? LINKER.downcallHandle(address, shape, errno)
        : LINKER.downcallHandle(
            address, shape, errno, Linker.Option.firstVariadicArg(firstVariadic));
  }

  private static long call(String name, MethodHandle function, Arena arena, Object... arguments)
      throws Failure {
    MemorySegment state = arena.allocate(STATE);
    Object[] all = new Object[arguments.length + 1];
    all[0] = state;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    long result;
    try {
      result = ((Number) function.invokeWithArguments(all)).longValue();
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
    if (result == -1) {
      throw new Failure(name, (int) ERRNO.get(state, 0L));
    }
    return result;
  }

  /** Memory on a page of its own. */
  static MemorySegment pages(Arena arena, long size) {
    return arena.allocate(size, 4096).fill((byte) 0);
  }
}
