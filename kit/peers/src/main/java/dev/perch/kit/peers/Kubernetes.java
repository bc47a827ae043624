package dev.perch.kit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.perch.kit.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The control plane of a Kubernetes cluster: etcd, API server and controller manager, with
 * authorization by RBAC. It has no scheduler and no nodes: no pod ever runs.
 *
 * <p>It takes seconds to start. Tests that do not stop it use {@link #shared()}, each in a
 * namespace of its own. Its objects survive a restart.
 */
public final class Kubernetes implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final AtomicInteger namespaces = new AtomicInteger();
  private final int port = Ports.free();
  private final int etcdPort = Ports.free();
  private final Path folder;
  private final TestAuthority authority = TestAuthority.root("kubernetes");
  private final TestUser admin = authority.user("admin", "system:masters");
  private final KubernetesApi api;
  private final Child etcd;
  private final Child server;
  private final Child controllers;

  /**
   * @param folder an empty folder for its keys, data and logs
   */
  public Kubernetes(Path folder) {
    this.folder = folder.toAbsolutePath();
    writeFiles();
    this.api = api(admin);
    BuiltPrograms programs = BuiltPrograms.of("kube");
    this.etcd = child(etcdCommand(BuiltPrograms.of("etcd").program("server")));
    this.server = child(serverCommand(programs.program("kube-apiserver")));
    this.controllers = child(controllersCommand(programs.program("kube-controller-manager")));
  }

  /** One that runs for all tests of this JVM and ends with it. */
  public static Kubernetes shared() {
    return Shared.INSTANCE;
  }

  /** Starts all of it; returns when the controllers work. */
  public void start() {
    etcd.start(() -> !Ports.isFree(etcdPort));
    startServer();
    controllers.start(() -> api.answers("/api/v1/namespaces/default/serviceaccounts/default"));
  }

  public void stop() {
    controllers.kill();
    stopServer();
    etcd.kill();
  }

  /** Starts the API server alone. */
  public void startServer() {
    server.start(() -> api.answers("/readyz"));
  }

  /** Stops the API server alone: nothing listens at its address. */
  public void stopServer() {
    server.kill();
  }

  /** The API server takes connections and answers nothing. */
  public void freezeServer() {
    server.freeze();
  }

  public void thawServer() {
    server.thaw();
  }

  /** Where the API server is. */
  public URI server() {
    return URI.create("https://" + LOOPBACK + ":" + port);
  }

  /** What a client must trust to talk to it. */
  public X509Certificate authority() {
    return authority.certificate();
  }

  public String authorityPem() {
    return TestAuthority.pem(authority());
  }

  /** Who may do everything. */
  public TestUser admin() {
    return admin;
  }

  /** Somebody of that name, in those groups, who may do what RBAC says. */
  public TestUser user(String name, String... groups) {
    return authority.user(name, groups);
  }

  /** The cluster in the hands of its administrator. */
  public KubernetesApi api() {
    return api;
  }

  /** The cluster in the hands of somebody; to be closed. */
  public KubernetesApi api(TestUser user) {
    return new KubernetesApi(server(), authority(), user);
  }

  /** A new namespace; what is in it is nobody else's. */
  public String namespace(String prefix) {
    String name =
        prefix + "-" + Long.toString(System.nanoTime(), 36) + namespaces.incrementAndGet();
    api.create("/api/v1/namespaces", Map.of("metadata", Map.of("name", name)));
    return name;
  }

  /** A token of a service account that is made if there is none, good for an hour. */
  public String token(String namespace, String account) {
    String accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
    if (api.find(accounts + "/" + account).isEmpty()) {
      api.create(accounts, Map.of("metadata", Map.of("name", account)));
    }
    return api.create(
            accounts + "/" + account + "/token", Map.of("spec", Map.of("expirationSeconds", 3600)))
        .at("/status/token")
        .asText();
  }

  /** What kubectl and client libraries read; JSON, which is YAML. */
  public String kubeconfig(TestUser user) {
    Map<String, Object> cluster =
        Map.of("server", server().toString(), "certificate-authority-data", base64(authorityPem()));
    Map<String, Object> identity =
        Map.of(
            "client-certificate-data",
            base64(user.certificatePem()),
            "client-key-data",
            base64(user.keyPem()));
    return json(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Config",
            "current-context",
            "test",
            "clusters",
            List.of(Map.of("name", "test", "cluster", cluster)),
            "users",
            List.of(Map.of("name", "test", "user", identity)),
            "contexts",
            List.of(Map.of("name", "test", "context", Map.of("cluster", "test", "user", "test")))));
  }

  /** The logs of all three. */
  public String output() {
    return etcd.output() + server.output() + controllers.output();
  }

  @Override
  public void close() {
    stop();
    api.close();
  }

  private Child child(List<String> command) {
    return new Child(folder, Map.of(), command);
  }

  private List<String> etcdCommand(String program) {
    String clients = "http://" + LOOPBACK + ":" + etcdPort;
    String peers = "http://" + LOOPBACK + ":" + Ports.free();
    return List.of(
        program,
        "--name=test",
        "--data-dir=etcd",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=test=" + peers,
        "--log-level=warn");
  }

  private List<String> serverCommand(String program) {
    return List.of(
        program,
        "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort,
        "--bind-address=" + LOOPBACK,
        "--secure-port=" + port,
        "--cert-dir=.",
        "--tls-cert-file=server.pem",
        "--tls-private-key-file=server.key",
        "--client-ca-file=authority.pem",
        "--anonymous-auth=false",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=tokens.pub",
        "--service-account-signing-key-file=tokens.key",
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.96.0.0/24",
        // A loopback address may not be an endpoint.
        "--endpoint-reconciler-type=none",
        "--profiling=false");
  }

  private List<String> controllersCommand(String program) {
    return List.of(
        program,
        "--kubeconfig=controllers.kubeconfig",
        // It need not be asked anything.
        "--secure-port=0",
        "--cluster-signing-cert-file=authority.pem",
        "--cluster-signing-key-file=authority.key",
        "--root-ca-file=authority.pem",
        "--service-account-private-key-file=tokens.key",
        "--leader-elect=false",
        "--profiling=false",
        // At its usual 20 requests a second it starts for ten seconds.
        "--kube-api-qps=300",
        "--kube-api-burst=600");
  }

  private void writeFiles() {
    authority.write(folder, "authority");
    authority.writeServer(folder, "server");
    TestAuthority.writeKeys(folder, "tokens");
    try {
      Files.writeString(
          folder.resolve("controllers.kubeconfig"),
          // Else each controller had its own service account, which takes time to start.
          kubeconfig(authority.user("controllers", "system:masters")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Map<String, ?> value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Started when first asked for. */
  private static final class Shared {
    static final Kubernetes INSTANCE = started();

    private static Kubernetes started() {
      try {
        Path folder = Files.createTempDirectory("kubernetes");
        Kubernetes kubernetes = new Kubernetes(folder);
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> remove(kubernetes), "stop-kubernetes"));
        kubernetes.start();
        return kubernetes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(Kubernetes kubernetes) {
      kubernetes.close();
      try (Stream<Path> files = Files.walk(kubernetes.folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
