package dev.perch.agent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.perch.contract.Json;
import dev.perch.contract.facts.VirtualisationFacts.Kvm;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A virtual machine of one page and one processor, which adds two numbers in real mode and halts
 * (the kernel's Documentation/virt/kvm/api.rst). A device node that opens proves nothing: there are
 * kernels that make machines no guest ever ran in.
 *
 * <p>A program of its own: where the kernel keeps the processor in the guest for ever, it can be
 * killed, and the agent lives.
 */
public final class KvmGuest {
  private static final long GET_API_VERSION = 0xAE00;
  private static final long CREATE_VM = 0xAE01;
  private static final long GET_VCPU_MMAP_SIZE = 0xAE04;
  private static final long CREATE_VCPU = 0xAE41;
  private static final long SET_USER_MEMORY_REGION = 0x4020AE46L;
  private static final long RUN = 0xAE80;
  private static final long GET_REGS = 0x8090AE81L;
  private static final long SET_REGS = 0x4090AE82L;
  private static final long GET_SREGS = 0x8138AE83L;
  private static final long SET_SREGS = 0x4138AE84L;

  private static final int EXPECTED_VERSION = 12;
  private static final int EXIT_HALT = 5;
  private static final long PAGE = 4096;
  private static final long ENTRY = 0x1000;
  private static final long REGISTERS_SIZE = 144;
  private static final long SPECIAL_REGISTERS_SIZE = 312;
  private static final long RAX = 0;
  private static final long RBX = 8;
  private static final long RIP = 128;
  private static final long RFLAGS = 136;
  private static final long EXIT_REASON = 8;

  /** {@code add %bl, %al; hlt}. */
  private static final byte[] PROGRAM = {0x00, (byte) 0xd8, (byte) 0xf4};

  private KvmGuest() {}

  /** Prints how far it came, as the JSON of {@link Kvm}. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Json.MAPPER.writeValueAsString(tryIt(System.getProperty("os.arch"))));
  }

  static Kvm tryIt(String architecture) {
    int version = 0;
    boolean created = false;
    try (Arena arena = Arena.ofConfined()) {
      int kvm = Libc.open("/dev/kvm", Libc.O_RDWR | Libc.O_CLOEXEC);
      version = Libc.ioctl(kvm, GET_API_VERSION, 0);
      if (version != EXPECTED_VERSION) {
        return new Kvm(false, version, false, false, "the API is not version 12");
      }
      int machine = Libc.ioctl(kvm, CREATE_VM, 0);
      MemorySegment memory = memory(arena, machine);
      int processor = Libc.ioctl(machine, CREATE_VCPU, 0);
      created = true;
      if (!architecture.equals("amd64")) {
        return new Kvm(false, version, true, false, "no guest was written for " + architecture);
      }
      MemorySegment run = Libc.map(processor, Libc.ioctl(kvm, GET_VCPU_MMAP_SIZE, 0));
      memory.copyFrom(MemorySegment.ofArray(PROGRAM));
      prepare(arena, processor);
      Libc.ioctl(processor, RUN, 0);
      return judged(arena, processor, run.get(JAVA_INT, EXIT_REASON));
    } catch (Libc.Failure e) {
      return new Kvm(false, version == 0 ? null : version, created, false, e.getMessage());
    }
  }

  private static MemorySegment memory(Arena arena, int machine) throws Libc.Failure {
    MemorySegment memory = Libc.pages(arena, PAGE);
    MemorySegment region = arena.allocate(32, 8);
    region.set(JAVA_LONG, 8, ENTRY);
    region.set(JAVA_LONG, 16, PAGE);
    region.set(JAVA_LONG, 24, memory.address());
    Libc.ioctl(machine, SET_USER_MEMORY_REGION, region.address());
    return memory;
  }

  /** Real mode with a flat code segment, two operands, and the program's first instruction. */
  private static void prepare(Arena arena, int processor) throws Libc.Failure {
    MemorySegment special = arena.allocate(SPECIAL_REGISTERS_SIZE, 8);
    Libc.ioctl(processor, GET_SREGS, special.address());
    special.set(JAVA_LONG, 0, 0);
    special.set(JAVA_SHORT, 12, (short) 0);
    Libc.ioctl(processor, SET_SREGS, special.address());
    MemorySegment registers = arena.allocate(REGISTERS_SIZE, 8);
    registers.set(JAVA_LONG, RAX, 19);
    registers.set(JAVA_LONG, RBX, 23);
    registers.set(JAVA_LONG, RIP, ENTRY);
    registers.set(JAVA_LONG, RFLAGS, 2);
    Libc.ioctl(processor, SET_REGS, registers.address());
  }

  private static Kvm judged(Arena arena, int processor, int exit) throws Libc.Failure {
    if (exit != EXIT_HALT) {
      return new Kvm(
          false, EXPECTED_VERSION, true, false, "the guest did not halt: exit reason " + exit);
    }
    MemorySegment registers = arena.allocate(REGISTERS_SIZE, 8);
    Libc.ioctl(processor, GET_REGS, registers.address());
    byte sum = registers.get(JAVA_BYTE, RAX);
    return sum == 42
        ? new Kvm(true, EXPECTED_VERSION, true, true, null)
        : new Kvm(false, EXPECTED_VERSION, true, false, "the guest halted and had not added");
  }
}
