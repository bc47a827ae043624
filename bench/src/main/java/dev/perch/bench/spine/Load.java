package dev.perch.bench.spine;

import dev.perch.bench.measure.Report;
import dev.perch.bench.measure.Wrk;
import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Stack;
import dev.perch.contract.Json;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What wrk is told to send to inventory, always with a fresh token. */
final class Load {
  private final Stack stack;
  private final Wrk wrk;
  private final Path folder;
  private final Report report;
  private final UUID site;

  Load(Stack stack, Wrk wrk, Path folder, Report report, UUID site) {
    this.stack = stack;
    this.wrk = wrk;
    this.folder = folder;
    this.report = report;
    this.site = site;
  }

  /**
   * @param rate requests a second; 0 for as fast as the answers come
   * @param keyed with an {@code Idempotency-Key}
   */
  record Creates(int connections, int rate, boolean keyed) {}

  Wrk.Outcome create(Creates creates, Duration time) throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of(
            "siteId",
            site,
            "name",
            "h-NUMBER",
            "personality",
            "WORKER",
            "labels",
            Map.of(Consumer.SENT, "MICROS", "rack", "r7"));
    Map<String, String> environment = new HashMap<>();
    environment.put("PERCH_BODY", Json.MAPPER.writeValueAsString(body));
    environment.put("PERCH_KEYED", Boolean.toString(creates.keyed()));
    if (creates.rate() > 0) {
      environment.put("PERCH_RATE", Integer.toString(creates.rate()));
    }
    return run("create.lua", creates.connections(), time, "/v1/hosts", environment);
  }

  Wrk.Outcome get(List<String> paths, int connections, Duration time)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("paths"), paths);
    return run(
        "get.lua", connections, time, paths.getFirst(), Map.of("PERCH_PATHS", file.toString()));
  }

  /** Hosts there are, to be read by id. */
  List<String> somePaths(int count) throws IOException, InterruptedException {
    String token = stack.token(Role.VIEWER);
    List<String> paths = new ArrayList<>();
    try (Inventory inventory = new Inventory(stack.url("inventory"), () -> token)) {
      inventory.hosts(site, count, host -> paths.add("/v1/hosts/" + host.id()));
    }
    return paths;
  }

  private Wrk.Outcome run(
      String script, int connections, Duration time, String path, Map<String, String> environment)
      throws IOException, InterruptedException {
    Map<String, String> complete = new HashMap<>(environment);
    complete.put("PERCH_TOKEN", stack.token(Role.OPERATOR));
    URI url = stack.url("inventory").resolve(path);
    var load = new Wrk.Load(script, connections, time, url, complete);
    report.say("measured: " + load);
    return wrk.run(load);
  }
}
