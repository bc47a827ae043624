package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The running kernel and what it can do for deterministic networks.
 *
 * @param name Linux
 * @param release 6.1.0-18-amd64
 * @param version #1 SMP PREEMPT_DYNAMIC
 * @param commandLine as booted
 * @param realtime is it a PREEMPT_RT kernel?
 * @param tainted bits of /proc/sys/kernel/tainted
 * @param options options for deterministic networking to y, m or n: CONFIG_NET_SCH_TAPRIO
 * @param qdiscs what was tried in a scratch network namespace, by name
 * @param unknown what could not be found out, by field, and why
 */
public record KernelFacts(
    String name,
    String release,
    @Nullable String version,
    @Nullable String commandLine,
    boolean realtime,
    @Nullable Integer tainted,
    Map<String, String> options,
    List<Qdisc> qdiscs,
    Map<String, String> unknown)
    implements Facts {

  public KernelFacts {
    options = Map.copyOf(options);
    qdiscs = List.copyOf(qdiscs);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.KERNEL;
  }

  /**
   * A queueing discipline that was tried.
   *
   * @param name taprio, etf, cbs, mqprio
   * @param works could it be attached?
   * @param reason why not
   */
  public record Qdisc(String name, boolean works, @Nullable String reason) {}
}
