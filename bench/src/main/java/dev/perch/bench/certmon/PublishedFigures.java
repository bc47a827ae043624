package dev.perch.bench.certmon;

import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import dev.perch.kit.peers.Kubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * How fast certificates that are asked for over REST are issued, published as Secrets of a real API
 * server and verified there, by a Perch that runs. What it makes there stays; the cluster does not.
 */
final class PublishedFigures {
  private static final String VERIFIED =
      """
      select count(*) from certificate where issuer_id = '%s'
        and document #>> '{publications,0,state}' = 'VERIFIED'
        and document #>> '{publications,0,revision}' = '%d'
      """;

  private final Stack stack;
  private final Report report;
  private final int count;

  PublishedFigures(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.count = brief ? 100 : 2_000;
  }

  void take() throws IOException, InterruptedException, SQLException, TimeoutException {
    stack.awaitAotCaches();
    Path folder = Files.createTempDirectory("kubernetes");
    try (Kubernetes kubernetes = new Kubernetes(folder);
        Certmon certmon = new Certmon(stack)) {
      kubernetes.start();
      String cluster = Certmon.name("bench");
      certmon.cluster(described(cluster, kubernetes));
      measure(certmon, cluster, kubernetes.namespace("bench"));
    } finally {
      SecretFigures.remove(folder);
    }
  }

  private void measure(Certmon certmon, String cluster, String namespace)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    UUID issuer = certmon.ca();
    String all = "%,d certificates at once, ".formatted(count);
    long begin = System.nanoTime();
    List<UUID> ids =
        Certmon.atOnce(
            count,
            number ->
                certmon.create(
                    issuer,
                    "h-%d.%s.example".formatted(number, cluster),
                    List.of(secret(cluster, namespace, "tls-" + number))));
    certmon.await(VERIFIED.formatted(issuer, 1), count);
    report.higher(
        all + "asked for, issued, published, verified", count / seconds(begin), "/s", 120.0);
    begin = System.nanoTime();
    List<UUID> renewed = Certmon.atOnce(count, number -> certmon.renew(ids.get(number)));
    certmon.await(VERIFIED.formatted(issuer, 2), count);
    report.higher(
        all + "renewed, published, verified", renewed.size() / seconds(begin), "/s", null);
  }

  private static Map<String, ?> described(String name, Kubernetes kubernetes) {
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

  private static Map<String, ?> secret(String cluster, String namespace, String name) {
    return Map.of("secret", Map.of("cluster", cluster, "namespace", namespace, "name", name));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
