package dev.perch.bench.certmon;

import dev.perch.bench.measure.Latencies;
import dev.perch.bench.measure.Report;
import dev.perch.certmon.kubernetes.Cluster;
import dev.perch.certmon.kubernetes.Credential;
import dev.perch.certmon.kubernetes.Material;
import dev.perch.certmon.kubernetes.Outcome;
import dev.perch.certmon.kubernetes.SecretPublisher;
import dev.perch.certmon.kubernetes.SecretTarget;
import dev.perch.kit.peers.Kubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How fast certificates become Secrets of a real API server on this machine. */
final class SecretFigures {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Report report;
  private final int count;
  private final LocalAuthority authority = new LocalAuthority();

  SecretFigures(Report report, boolean brief) {
    this.report = report;
    this.count = brief ? 100 : 2_000;
  }

  void take() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kubernetes");
    try (Kubernetes kubernetes = new Kubernetes(folder)) {
      long begin = System.nanoTime();
      kubernetes.start();
      report.lower("control plane ready", seconds(begin), "s", 10.0);
      try (SecretPublisher publisher = new SecretPublisher(cluster(kubernetes))) {
        report.say("warming up");
        publish(publisher, ids(count / 4), kubernetes.namespace("warm"), 1);
        measure(publisher, kubernetes.namespace("bench"));
      }
    } finally {
      remove(folder);
    }
  }

  private void measure(SecretPublisher publisher, String namespace)
      throws IOException, InterruptedException {
    List<UUID> ids = ids(count);
    String all = "%,d Secrets, ".formatted(count);
    report.higher(
        all + "issued, published, read again", publish(publisher, ids, namespace, 1), "/s", 120.0);
    report.higher(
        all + "issued anew, published, read again",
        publish(publisher, ids, namespace, 2),
        "/s",
        null);
    Latencies latencies =
        Latencies.of(
            Math.min(count, 200), number -> publishOne(publisher, UUID.randomUUID(), namespace, 1));
    report.lower("one, issued to published, p50", latencies.percentile(50), "ms", null);
    report.lower("one, issued to published, p99", latencies.percentile(99), "ms", 2_000.0);
  }

  /** Issues and publishes all at once; returns how many a second. */
  private double publish(SecretPublisher publisher, List<UUID> ids, String namespace, long revision)
      throws InterruptedException {
    List<Callable<Outcome>> calls = new ArrayList<>();
    for (UUID id : ids) {
      calls.add(() -> publishOne(publisher, id, namespace, revision));
    }
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> outcome : threads.invokeAll(calls)) {
        var _ = outcome.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return ids.size() / seconds(begin);
  }

  /** A figure with failures in it would mean nothing. */
  private Outcome publishOne(SecretPublisher publisher, UUID id, String namespace, long revision) {
    Material material = authority.issue(id, revision);
    Outcome outcome = publisher.publish(SecretTarget.of(namespace, "tls-" + id), material);
    if (outcome instanceof Outcome.Published published && published.written()) {
      return outcome;
    }
    throw new IllegalStateException("not published: " + outcome);
  }

  private static Cluster cluster(Kubernetes kubernetes) {
    return new Cluster(
        "bench",
        kubernetes.server(),
        kubernetes.authorityPem(),
        new Credential.ClientCertificate(
            kubernetes.admin().certificatePem(), kubernetes.admin().keyPem()),
        TIMEOUT);
  }

  private static List<UUID> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
