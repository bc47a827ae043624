package dev.perch.bench.hosts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.bench.measure.Latencies;
import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Inventory.Tagged;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Token;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one client waits for at a site of 10,000 hosts, taken on a stack that runs ({@code ./perch
 * up -d}). The hosts come from a file, and stay.
 */
public final class HostsBench {
  /** A file of hosts takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int CHANGES_A_HOST = 100;
  private static final int PAGE = 100;

  private final Stack stack;
  private final Report report;
  private final int hosts;
  private final int requests;

  /**
   * @param brief fewer hosts and requests: to see that it works, not for figures
   */
  public HostsBench(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    hosts = brief ? 1_000 : 10_000;
    requests = brief ? 200 : 2_000;
  }

  /** Takes all figures; returns whether every goal was reached. */
  public boolean run() throws IOException, InterruptedException {
    stack.awaitAotCaches();
    Machine.describe().forEach(report::say);
    String site = "bench-" + Long.toString(System.currentTimeMillis(), 36);
    try (Inventory inventory =
        new Inventory(stack.url("inventory"), new Token(stack), () -> PATIENCE)) {
      UUID id = inventory.createSite(site);
      imports(inventory, new HostsFile(site, hosts));
      List<UUID> ids = new ArrayList<>();
      inventory.hosts(id, host -> ids.add(host.id()));
      require(ids.size() == hosts, "%,d hosts are there".formatted(ids.size()));
      reads(inventory, id, ids);
      past(inventory, ids);
    }
    return report.finish();
  }

  private void imports(Inventory inventory, HostsFile file)
      throws IOException, InterruptedException {
    report.say("measured: a file of %,d hosts, %d of them bad".formatted(hosts, file.bad().size()));
    String bad = file.withBadRows();
    report.higher("import, dry run", rows(() -> tell(inventory, bad, file)), "rows/s", null);
    report.higher(
        "import, bad rows skipped", rows(() -> take(inventory, bad, file)), "rows/s", 1_000.0);
    String mended = file.mended();
    report.higher(
        "import of the mended file", rows(() -> mend(inventory, mended, file)), "rows/s", null);
  }

  private static void tell(Inventory inventory, String csv, HostsFile file)
      throws IOException, InterruptedException {
    JsonNode told = inventory.importHosts(csv, "dryRun=true");
    List<Integer> refused = new ArrayList<>();
    told.path("refusals").forEach(refusal -> refused.add(refusal.path("row").asInt()));
    require(refused.equals(file.bad()), "the dry run refused the rows " + refused);
  }

  private static void take(Inventory inventory, String csv, HostsFile file)
      throws IOException, InterruptedException {
    JsonNode taken = inventory.importHosts(csv, "badRows=skip");
    int good = file.rows() - file.bad().size();
    require(taken.path("created").asInt() == good, "the import created not all that were good");
  }

  private static void mend(Inventory inventory, String csv, HostsFile file)
      throws IOException, InterruptedException {
    JsonNode taken = inventory.importHosts(csv, "badRows=refuse");
    require(
        taken.path("created").asInt() == file.bad().size()
            && taken.path("unchanged").asInt() == file.rows() - file.bad().size(),
        "the import of the mended file created not only what was missing");
  }

  private void reads(Inventory inventory, UUID site, List<UUID> ids)
      throws IOException, InterruptedException {
    Random random = new Random(42);
    report.say("measured: %,d requests each, after as many that do not count".formatted(requests));
    String list = "/v1/hosts?limit=" + PAGE + "&site=" + site;
    String cursor =
        URLEncoder.encode(
            inventory.get("/v1/hosts?limit=" + hosts / 10 + "&site=" + site).path("next").asText(),
            StandardCharsets.UTF_8);
    lower("list of 100 hosts", 25.0, Latencies.of(requests, n -> page(inventory, list, PAGE)));
    lower(
        "list of 100 hosts, a later page",
        25.0,
        Latencies.of(requests, n -> page(inventory, list + "&cursor=" + cursor, PAGE)));
    lower(
        "list of the 40 hosts with a label",
        25.0,
        Latencies.of(
            requests,
            n -> {
              String rack = HostsFile.rack(1 + random.nextInt(hosts / HostsFile.IN_RACK - 1));
              page(inventory, list + "&labels=rack%3D" + rack, HostsFile.IN_RACK);
            }));
    lower(
        "get",
        5.0,
        Latencies.of(requests, n -> inventory.read(ids.get(random.nextInt(ids.size())))));
  }

  private static void page(Inventory inventory, String path, int size)
      throws IOException, InterruptedException {
    int found = inventory.get(path).path("items").size();
    require(found == size, found + " hosts in " + path);
  }

  /** As many changes as are sent in all make so many of each. */
  private void past(Inventory inventory, List<UUID> ids) throws IOException, InterruptedException {
    List<Tagged> some = new ArrayList<>();
    for (UUID id : ids.subList(0, 2 * requests / CHANGES_A_HOST)) {
      some.add(inventory.read(id));
    }
    Past past = new Past(inventory, new Random(42), some);
    lower("patch", 20.0, past.change(requests));
    lower("asOf, 100 changes a host", 20.0, past.asOf(requests));
    lower("difference between two instants", null, past.difference(requests));
    lower("difference between two hosts", null, past.differenceOfTwo(requests));
  }

  private void lower(String figure, @Nullable Double goal, Latencies took) {
    report.lower(figure + " p50", took.percentile(50), "ms", goal);
    report.lower(figure + " p99", took.percentile(99), "ms", null);
  }

  /** Something that is done to a whole file. */
  @FunctionalInterface
  private interface Whole {
    void run() throws IOException, InterruptedException;
  }

  /** Rows a second. */
  private double rows(Whole file) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    file.run();
    return hosts / ((System.nanoTime() - begin) / 1e9);
  }

  private static void require(boolean isRight, String otherwise) {
    if (!isRight) {
      throw new IllegalStateException(otherwise);
    }
  }
}
