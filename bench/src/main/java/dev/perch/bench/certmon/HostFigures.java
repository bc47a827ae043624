package dev.perch.bench.certmon;

import dev.perch.bench.certmon.EdgeSites.Host;
import dev.perch.bench.measure.Latencies;
import dev.perch.bench.measure.Processor;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes until a new host serves the certificate that a rule gives it, and a renewed one
 * after that: with the real agent, which makes the key, and an nginx that it reloads and asks. Then
 * how many a second when all come at once, publishing and probing apart.
 */
final class HostFigures {
  /** Whatever they are the first of is not what is measured. */
  private static final int WARM = 4;

  /** So often is each renewed while nothing else goes on. */
  private static final int ROUNDS = 2;

  private final Stack stack;
  private final Report report;
  private final int count;
  private final boolean brief;
  private int revision = 1;

  HostFigures(Stack stack, Report report, int count, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.count = brief ? Math.min(count, 3) : count;
    this.brief = brief;
  }

  private @Nullable Double goal(double value) {
    return brief ? null : value;
  }

  /** A renewal that somebody asked for. */
  private record Renewal(long begin, Journey journey) {}

  void take() throws IOException, InterruptedException, SQLException, TimeoutException {
    stack.awaitAotCaches();
    try (Certmon certmon = new Certmon(stack);
        EdgeSites sites = new EdgeSites(stack, certmon)) {
      List<Host> warm = appear(sites, brief ? 0 : WARM);
      List<Host> hosts = appear(sites, count);
      arrivals(hosts);
      renewals(sites, hosts);
      allRenewed(sites, hosts);
      allPublished(sites, hosts);
      probes(hosts);
      for (Host host : hosts) {
        sites.remove(host);
      }
      for (Host host : warm) {
        sites.remove(host);
      }
    }
  }

  /** One after the other; their sites and rules are there before the first. */
  private List<Host> appear(EdgeSites sites, int number)
      throws IOException, InterruptedException, TimeoutException {
    List<EdgeSites.Site> prepared = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      prepared.add(sites.prepare());
    }
    List<Host> hosts = new ArrayList<>();
    for (EdgeSites.Site site : prepared) {
      hosts.add(sites.appear(site));
    }
    return hosts;
  }

  private void arrivals(List<Host> hosts) {
    whole("new host → VERIFIED", hosts, host -> host.first().verified() - host.begin(), 5_000);
    step("registered → given by its rule", hosts, host -> host.given() - host.begin());
    step("registered → enrolled", hosts, host -> host.enrolled() - host.begin());
    step("agent started → key made", hosts, host -> host.first().keyMade() - host.enrolled());
    steps(hosts, Host::first);
  }

  private void renewals(EdgeSites sites, List<Host> hosts)
      throws IOException, InterruptedException, TimeoutException {
    List<Renewal> renewals = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      revision++;
      for (Host host : hosts) {
        long begin = System.currentTimeMillis();
        var _ = sites.renew(host);
        renewals.add(new Renewal(begin, sites.journey(host, revision)));
      }
    }
    whole("renew → VERIFIED, idle", renewals, one -> one.journey().verified() - one.begin(), 2_000);
    step("renew → key asked for", renewals, one -> one.journey().asked() - one.begin());
    step("asked → key made", renewals, one -> one.journey().keyMade() - one.journey().asked());
    steps(renewals, Renewal::journey);
  }

  /** What every revision goes through once there is a key. */
  private <T> void steps(List<T> things, Function<T, Journey> way) {
    step("key made → issued", things, one -> way.apply(one).issued() - way.apply(one).keyMade());
    step("issued → host told", things, one -> way.apply(one).told() - way.apply(one).issued());
    step("told → in place, shown", things, one -> way.apply(one).shown() - way.apply(one).told());
    step("shown → VERIFIED", things, one -> way.apply(one).verified() - way.apply(one).shown());
  }

  private <T> void whole(String name, List<T> things, ToLongFunction<T> took, double goal) {
    Latencies latencies = latencies(things, took);
    report.lower(name + " p50", latencies.percentile(50), "ms", null);
    report.lower(name + " p99", latencies.percentile(99), "ms", goal(goal));
    report.lower(name + " slowest", latencies.percentile(100), "ms", null);
  }

  private <T> void step(String name, List<T> things, ToLongFunction<T> took) {
    report.lower("  of that, " + name + " p50", latencies(things, took).percentile(50), "ms", null);
  }

  private static <T> Latencies latencies(List<T> things, ToLongFunction<T> took) {
    return Latencies.of(things.stream().map(took::applyAsLong).toList());
  }

  private void allRenewed(EdgeSites sites, List<Host> hosts)
      throws IOException, InterruptedException, TimeoutException {
    revision++;
    double before = Processor.seconds(sites.agents());
    long begin = System.currentTimeMillis();
    List<UUID> asked = Certmon.atOnce(hosts.size(), number -> sites.renew(hosts.get(number)));
    long end = begin;
    for (Host host : hosts) {
      end = Math.max(end, sites.journey(host, revision).verified());
    }
    report.higher(
        "%,d at once, issued, published, probed".formatted(asked.size()),
        asked.size() / seconds(begin, end),
        "/s",
        null);
    report.lower(
        "  the agents' processor meanwhile",
        (Processor.seconds(sites.agents()) - before) / seconds(begin, end),
        "cores",
        null);
  }

  /** The same revision, in other files. */
  private void allPublished(EdgeSites sites, List<Host> hosts)
      throws InterruptedException, TimeoutException {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<UUID> asked =
        Certmon.atOnce(hosts.size(), number -> sites.changeMode(hosts.get(number), "0400"));
    long end = begin.toEpochMilli();
    for (Host host : hosts) {
      end = Math.max(end, sites.verifiedAnew(host, revision, begin));
    }
    report.higher(
        "%,d at once, published, probed, not issued".formatted(asked.size()),
        asked.size() / seconds(begin.toEpochMilli(), end),
        "/s",
        null);
  }

  /** As agents and certmon do it, from here. */
  private void probes(List<Host> hosts) throws IOException, InterruptedException {
    Latencies one =
        Latencies.of(
            brief ? 50 : 1_000,
            number -> {
              var _ = hosts.get(number % hosts.size()).site().machine().server().shown();
            });
    report.lower("a probe, one after the other p50", one.percentile(50), "ms", null);
    report.lower("a probe, one after the other p99", one.percentile(99), "ms", null);
    int many = brief ? 100 : 4_000;
    long begin = System.nanoTime();
    List<UUID> probed =
        Certmon.atOnce(
            many,
            number -> {
              Host host = hosts.get(number % hosts.size());
              var _ = host.site().machine().server().shown();
              return host.id();
            });
    report.higher(
        "probed, 16 at once", probed.size() / ((System.nanoTime() - begin) / 1e9), "/s", null);
  }

  private static double seconds(long begin, long end) {
    return (end - begin) / 1e3;
  }
}
