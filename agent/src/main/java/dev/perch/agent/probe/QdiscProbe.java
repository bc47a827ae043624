package dev.perch.agent.probe;

import dev.perch.agent.machine.Tools;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.KernelFacts.Qdisc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attaches each queueing discipline to an interface in a network namespace that lives as long as
 * the attempt: what a kernel is built with, what modules it finds and what {@code tc} knows must
 * all fit. {@code pfifo}, which every kernel has, shows that the attempt itself works.
 */
public final class QdiscProbe {
  private static final String CONTROL = "pfifo";

  /** Four queues, so that classes can be mapped to them; one line of output per discipline. */
  private static final String SCRIPT =
      """
      ip link add perch0 numtxqueues 4 type dummy 2>/dev/null ||
        ip link add perch0 numtxqueues 4 type veth peer name perch1 || exit 1
      ip link set perch0 up || exit 1
      attempt() {
        kind=$1
        if out=$(tc qdisc replace dev perch0 root handle 100: "$@" 2>&1) &&
            tc qdisc show dev perch0 | grep -q "^qdisc $kind 100:"; then
          echo "$kind works"
        else
          echo "$kind fails $out" | tr '\\n' ' '
          echo
        fi
        tc qdisc del dev perch0 root 2>/dev/null
      }
      MAP="num_tc 2 map 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 queues 1@0 1@1"
      attempt pfifo
      attempt taprio $MAP base-time 0 sched-entry S 01 500000 sched-entry S 02 500000 clockid CLOCK_TAI
      attempt etf clockid CLOCK_TAI delta 200000
      attempt cbs idleslope 98688 sendslope -901312 hicredit 153 locredit -1389 offload 0
      attempt mqprio $MAP hw 0
      exit 0
      """;

  private final Tools tools;
  private @Nullable List<Qdisc> results;

  public QdiscProbe(Tools tools) {
    this.tools = tools;
  }

  /**
   * By name. Tried once: what works now works until the next start of the kernel.
   *
   * @throws Unavailable if not even the attempt can be made
   */
  public synchronized List<Qdisc> results() throws Unavailable {
    List<Qdisc> known = results;
    if (known == null) {
      known = tried();
      results = known;
    }
    return known;
  }

  private List<Qdisc> tried() throws Unavailable {
    List<Qdisc> tried = new ArrayList<>();
    for (String line : output().lines().toList()) {
      String[] words = line.strip().split(" ", 3);
      if (words.length >= 2) {
        tried.add(
            new Qdisc(words[0], words[1].equals("works"), words.length == 3 ? words[2] : null));
      }
    }
    boolean attempted = tried.removeIf(q -> q.name().equals(CONTROL) && q.works());
    if (!attempted) {
      throw new Unavailable("not even " + CONTROL + " could be attached in a scratch namespace");
    }
    tried.sort(Comparator.comparing(Qdisc::name));
    return List.copyOf(tried);
  }

  /** Without privileges a user namespace may give them, as far as it reaches. */
  private String output() throws Unavailable {
    try {
      return tools.run(List.of("unshare", "--net", "sh", "-c", SCRIPT));
    } catch (Unavailable e) {
      try {
        return tools.run(List.of("unshare", "--map-root-user", "--net", "sh", "-c", SCRIPT));
      } catch (Unavailable alsoInAUserNamespace) {
        throw new Unavailable("no scratch network namespace: " + e.reason());
      }
    }
  }
}
