package dev.perch.bench.certmon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Certmon;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Token;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast certificates that are asked for over REST are issued, published as Secrets of a real API
 * server and verified there, by a Perch that runs. What it makes there stays; the cluster does not.
 */
final class PublishedFigures {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int CLIENTS = 16;

  /** As rarely as the figure allows. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final String VERIFIED =
      """
      select count(*) from certificate where issuer_id = ?
        and document #>> '{publications,0,state}' = 'VERIFIED'
        and document #>> '{publications,0,revision}' = ?
      """;

  private final Stack stack;
  private final Report report;
  private final int count;

  PublishedFigures(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.count = brief ? 100 : 2_000;
  }

  void take() throws IOException, InterruptedException {
    stack.awaitAotCaches();
    Path folder = Files.createTempDirectory("kubernetes");
    try (Kubernetes kubernetes = new Kubernetes(folder);
        Certmon certmon = new Certmon(stack.url("certmon"), new Token(stack, Role.ADMIN));
        Connection database = stack.database("certmon")) {
      kubernetes.start();
      String name = "bench-" + Long.toString(System.currentTimeMillis(), 36);
      ready(certmon, "/v1/clusters", cluster(name, kubernetes));
      UUID issuer = ready(certmon, "/v1/issuers", issuer(name));
      measure(certmon, database, issuer, name, kubernetes.namespace("bench"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      SecretFigures.remove(folder);
    }
  }

  private void measure(
      Certmon certmon, Connection database, UUID issuer, String name, String namespace)
      throws InterruptedException, SQLException {
    String all = "%,d certificates at once, ".formatted(count);
    List<Callable<UUID>> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, ?> body = certificate(issuer, name, namespace, i);
      wanted.add(() -> id(certmon.post("/v1/certificates", body)));
    }
    long begin = System.nanoTime();
    List<UUID> ids = atOnce(wanted);
    awaitVerified(database, issuer, 1);
    report.higher(
        all + "asked for, issued, published, verified", count / seconds(begin), "/s", 120.0);
    begin = System.nanoTime();
    List<UUID> renewed =
        atOnce(
            ids.stream()
                .map(
                    id ->
                        (Callable<UUID>)
                            () -> id(certmon.post("/v1/certificates/" + id + "/renew", Map.of())))
                .toList());
    awaitVerified(database, issuer, 2);
    report.higher(
        all + "renewed, published, verified", renewed.size() / seconds(begin), "/s", null);
  }

  private void awaitVerified(Connection database, UUID issuer, int revision)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (PreparedStatement select = database.prepareStatement(VERIFIED)) {
      select.setObject(1, issuer);
      select.setString(2, Integer.toString(revision));
      while (count(select) < count) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "%d of %d verified after %s".formatted(count(select), count, LONGEST));
        }
        Thread.sleep(LOOK);
      }
    }
  }

  private static int count(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static List<UUID> atOnce(List<Callable<UUID>> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<UUID> ids = new ArrayList<>();
      for (Future<UUID> id : threads.invokeAll(calls)) {
        ids.add(id.get());
      }
      return ids;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Makes it and waits until it is ready. */
  private static UUID ready(Certmon certmon, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    UUID id = id(certmon.post(path, body));
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!certmon.get(path + "/" + id).path("state").asText().equals("READY")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not ready: " + certmon.get(path + "/" + id));
      }
      Thread.sleep(LOOK);
    }
    return id;
  }

  private static UUID id(JsonNode resource) {
    return UUID.fromString(resource.path("id").asText());
  }

  private static Map<String, ?> cluster(String name, Kubernetes kubernetes) {
    return Map.of(
        "name",
        name,
        "server",
        kubernetes.server().toString(),
        "anchors",
        kubernetes.authorityPem(),
        "credentials",
        Map.of(
            "clientCertificate",
            kubernetes.admin().certificatePem(),
            "clientKey",
            kubernetes.admin().keyPem()));
  }

  private static Map<String, ?> issuer(String name) {
    return Map.of("name", name, "kind", "CA", "ca", Map.of("subject", "Bench CA"));
  }

  private static Map<String, ?> certificate(
      UUID issuer, String cluster, String namespace, int number) {
    String host = "h-%d.%s.example".formatted(number, cluster);
    return Map.of(
        "name",
        host,
        "issuerId",
        issuer.toString(),
        "names",
        List.of("dns:" + host),
        "targets",
        List.of(
            Map.of(
                "secret",
                Map.of("cluster", cluster, "namespace", namespace, "name", "tls-" + number))));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
