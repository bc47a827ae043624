package dev.perch.agent.kernel;

import dev.perch.agent.machine.Unavailable;
import java.lang.foreign.Arena;

/**
 * The kernel's own judgement of its clock: adjtimex(2) with no mode set only reads. Whoever sets
 * the clock tells the kernel, so this holds for NTP and PTP alike.
 */
public final class KernelClock {
  /** sizeof(struct timex) on 64-bit Linux. */
  private static final long TIMEX_SIZE = 208;

  /** What adjtimex answers for a clock that nobody sets, or that has not been set for long. */
  private static final int TIME_ERROR = 5;

  private KernelClock() {}

  public static boolean isSynchronised() throws Unavailable {
    try (Arena arena = Arena.ofConfined()) {
      return Libc.adjtimex(Libc.pages(arena, TIMEX_SIZE)) != TIME_ERROR;
    } catch (Libc.Failure e) {
      throw new Unavailable(String.valueOf(e.getMessage()));
    }
  }
}
