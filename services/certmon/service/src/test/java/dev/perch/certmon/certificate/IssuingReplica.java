package dev.perch.certmon.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.certmon.Migrated;
import dev.perch.certmon.cluster.ClusterSecrets;
import dev.perch.certmon.cluster.Connections;
import dev.perch.certmon.host.HostDocuments;
import dev.perch.certmon.host.HostPublisher;
import dev.perch.certmon.host.HostReports;
import dev.perch.certmon.host.HostSide;
import dev.perch.certmon.issuer.IssuerSecrets;
import dev.perch.certmon.issuer.IssuerWork;
import dev.perch.certmon.issuer.Issuers;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.key.Keys;
import dev.perch.certmon.publish.PublicationWork;
import dev.perch.certmon.publish.Publications;
import dev.perch.certmon.secret.SecretTargets;
import dev.perch.certmon.secret.SecretWork;
import dev.perch.certmon.secret.StorePasswords;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Cluster;
import dev.perch.contract.certmon.Issuer;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.certmon.Target;
import dev.perch.contract.host.HostDocument;
import dev.perch.contract.host.HostObservation;
import dev.perch.kit.inbox.Received;
import dev.perch.kit.outbox.Capacity;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.reconcile.Pace;
import dev.perch.kit.reconcile.Troubles;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.reconcile.Workers;
import dev.perch.kit.seal.KeyFile;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.Timeline;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What issues certificates in one replica, without its framework; also a process of its own. */
final class IssuingReplica implements AutoCloseable {
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(3),
          Duration.ofMillis(700),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(200));

  private final dev.perch.kit.testkit.Database at;
  private final Path keyFile;
  private final AgroalDataSource pool;
  private final Database database;
  private final WorkItems items;
  private final Keys keys;
  private final Seal seal;
  private final Connections connections;
  private final HostReports reports;
  private final List<WorkQueue> queues;
  private @Nullable Workers workers;

  private IssuingReplica(dev.perch.kit.testkit.Database at, Path keyFile) throws SQLException {
    this.at = at;
    this.keyFile = keyFile;
    Clock clock = Clock.systemUTC();
    pool = Migrated.pool(at);
    database = new Database(pool);
    Outbox outbox = new Outbox(new Capacity(), new Doorbell());
    items = new WorkItems(outbox);
    seal = new Seal(new KeyFile(keyFile));
    keys = new Keys(seal);
    var timeline = new Timeline(outbox);
    var issuers = new ResourceBook<>(Issuers.KIND, timeline);
    var certificates = new ResourceBook<>(Certificates.KIND, timeline);
    reports = new HostReports(items);
    var signers = new Signers(issuers, keys, new IssuerSecrets(seal), Optional.empty(), clock);
    var ledger = new CertificateLedger(certificates, signers, items);
    var hosts = new HostPublisher(database, ledger, new HostDocuments(outbox), items, clock);
    var secrets = new SecretTargets(database, ledger, items, clock);
    connections = new Connections(new ClusterSecrets(seal));
    var signing = new Signing(database, certificates, signers, keys, clock);
    var pacing = new Pacing(database, items, clock);
    queues =
        List.of(
            new WorkQueue(Publications.QUEUE, 2, new PublicationWork(List.of(hosts, secrets))),
            new WorkQueue(
                SecretWork.QUEUE,
                2,
                new SecretWork(
                    database, ledger, keys, new StorePasswords(seal), connections, items, clock)),
            new WorkQueue(
                IssuerWork.QUEUE,
                1,
                new IssuerWork(database, issuers, keys, signers, items, clock)),
            new WorkQueue(
                CertificateWork.QUEUE,
                4,
                new CertificateWork(
                    database,
                    certificates,
                    new Preparation(database, certificates, keys, items),
                    signing,
                    pacing,
                    items,
                    new Policy(Duration.ofSeconds(30), 5),
                    clock)),
            new WorkQueue(
                RenewalInfoWork.QUEUE, 1, new RenewalInfoWork(database, signing, signers, items)),
            new WorkQueue(
                ProbeWork.QUEUE, 1, new ProbeWork(database, signers, pacing, items, clock)));
  }

  static IssuingReplica fresh(Path keyFile) throws IOException, SQLException {
    new KeyFile(keyFile).createIfAbsent();
    return new IssuingReplica(Migrated.fresh(), keyFile);
  }

  /** Another replica on the same database, which remembers nothing. */
  IssuingReplica again() throws SQLException {
    return new IssuingReplica(at, keyFile);
  }

  /** Works until it is killed. */
  public static void main(String[] arguments) throws InterruptedException, SQLException {
    new IssuingReplica(
            new dev.perch.kit.testkit.Database(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2],
                arguments[3],
                arguments[4]),
            Path.of(arguments[5]))
        .work();
    Thread.currentThread().join();
  }

  Object[] arguments() {
    return new Object[] {at.host(), at.port(), at.name(), at.user(), at.password(), keyFile};
  }

  void work() {
    Troubles untold =
        new Troubles() {
          @Override
          public void raise(String alarm, String entity, String text) {}

          @Override
          public void clear(String alarm, String entity) {}
        };
    workers = new Workers(database, items, queues, PACE, new SimpleMeterRegistry(), untold);
    workers.start();
  }

  /** A CA that nothing has been done for yet. */
  UUID ca() throws SQLException {
    var ca =
        new Issuer.Ca(
            "Edge CA",
            KeyAlgorithm.P256,
            Duration.ofDays(365),
            Duration.ofDays(90),
            0,
            List.of(),
            List.of());
    return issuer(Issuer.Kind.CA, ca, null, null);
  }

  /** An ACME server that no account was made at yet. */
  UUID acme(Issuer.Acme acme) throws SQLException {
    return acme(acme, null);
  }

  UUID acme(Issuer.Acme acme, Issuer.@Nullable Rate rate) throws SQLException {
    return issuer(Issuer.Kind.ACME, null, acme, rate);
  }

  private UUID issuer(
      Issuer.Kind kind,
      Issuer.@Nullable Ca ca,
      Issuer.@Nullable Acme acme,
      Issuer.@Nullable Rate rate)
      throws SQLException {
    UUID id = UUID.randomUUID();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    keep(
        "issuer",
        id,
        new Issuer(
            id,
            "edge",
            null,
            Map.of(),
            kind,
            ca,
            acme,
            null,
            rate,
            Issuer.State.PENDING,
            null,
            null,
            1,
            now,
            now));
    wake(IssuerWork.QUEUE, id);
    return id;
  }

  UUID certificate(UUID issuer) throws SQLException {
    return certificate(issuer, "h-1");
  }

  /** A certificate for a key that this host makes. */
  UUID certificate(UUID issuer, HostSide host) throws SQLException {
    return certificate(
        issuer,
        "h-1",
        List.of(
            Target.of(
                new Target.HostFolder(
                    host.id(),
                    "/srv/tls/web",
                    null,
                    null,
                    null,
                    null,
                    Target.Files.USUAL,
                    new Target.Probe("127.0.0.1:8443", null, Target.StartTls.NONE)))));
  }

  /** A cluster that was seen to answer, in the hands of its administrator. */
  void cluster(Kubernetes kubernetes, String name) throws SQLException {
    UUID id = UUID.randomUUID();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    keep(
        "cluster",
        id,
        new Cluster(
            id,
            null,
            name,
            null,
            Map.of(),
            kubernetes.server(),
            kubernetes.authorityPem(),
            Cluster.State.READY,
            null,
            1,
            now,
            now));
    credential(id, "CLIENT_CERTIFICATE", kubernetes.admin().certificatePem());
    credential(id, "CLIENT_KEY", kubernetes.admin().keyPem());
  }

  private void credential(UUID cluster, String kind, String secret) throws SQLException {
    UUID id = UUID.randomUUID();
    byte[] sealed =
        seal.seal(
            secret.getBytes(StandardCharsets.UTF_8),
            new SealedColumn("cluster_secret", "sealed").binding(id));
    update(
        "insert into cluster_secret (id, cluster_id, credential, sealed, kek)"
            + " values (?, ?, ?, ?, ?)",
        id,
        cluster,
        kind,
        sealed,
        Seal.versionOf(sealed));
  }

  /** A certificate that is published to a Secret. */
  UUID certificate(UUID issuer, Target.Secret secret) throws SQLException {
    UUID id = certificate(issuer, "h-1", List.of(Target.of(secret)));
    update(
        "insert into secret_place (cluster, namespace, name, certificate_id) values (?, ?, ?, ?)",
        secret.cluster(),
        secret.namespace(),
        secret.name(),
        id);
    wake(Publications.QUEUE, id);
    return id;
  }

  /** The Secrets of a certificate are to go. */
  void leave(UUID certificate) throws SQLException {
    update("update secret_place set leaving = true where certificate_id = ?", certificate);
    wake(Publications.QUEUE, certificate);
  }

  /** The host does what its document says and says so, if there is one. */
  void play(HostSide host, UUID certificate) throws SQLException {
    String document =
        only(
            "select jsonb_build_object('hostId', host_id, 'aspect', 'certificates.' ||"
                + " certificate_id, 'driver', 'files', 'generation', generation, 'spec', spec)"
                + " from host_document where certificate_id = '"
                + certificate
                + "'");
    if (document.isEmpty()) {
      return;
    }
    HostObservation said;
    try {
      said = host.doneWith(Json.MAPPER.readValue(document, HostDocument.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    var received =
        new Received(
            "t",
            0,
            said.version(),
            HostDocument.key(said.hostId(), said.aspect()),
            1,
            said.version(),
            null,
            null,
            Map.of(),
            Json.MAPPER.valueToTree(said));
    database.run(connection -> reports.apply(connection, List.of(received)));
    items.ring(Publications.QUEUE);
  }

  UUID certificate(UUID issuer, String name) throws SQLException {
    return certificate(issuer, name, List.of());
  }

  private UUID certificate(UUID issuer, String name, List<Target> targets) throws SQLException {
    UUID id = UUID.randomUUID();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    keep(
        "certificate",
        id,
        new Certificate(
            id,
            null,
            null,
            name,
            Map.of(),
            issuer,
            null,
            List.of("dns:" + name + ".edge.example"),
            List.of(Certificate.Usage.SERVER),
            Duration.ofDays(30),
            new Certificate.KeyPolicy(KeyAlgorithm.P256, Certificate.Rotation.ALWAYS, null),
            new Certificate.Renewal(null, null, List.of()),
            null,
            true,
            targets,
            false,
            Certificate.State.PENDING,
            null,
            List.of(),
            null,
            null,
            1,
            now,
            now));
    wake(CertificateWork.QUEUE, id);
    if (!targets.isEmpty()) {
      wake(Publications.QUEUE, id);
    }
    return id;
  }

  private void keep(String table, UUID id, Object resource) throws SQLException {
    update(
        "insert into " + table + " (id, version, document) values (?, 1, ?::jsonb)",
        id,
        Json.MAPPER.valueToTree(resource).toString());
  }

  /** As somebody who asks for a renewal. */
  void ask(UUID certificate) throws SQLException {
    update("update certificate set asked_at = clock_timestamp() where id = ?", certificate);
    wake(CertificateWork.QUEUE, certificate);
  }

  void wake(String queue, UUID key) throws SQLException {
    database.run(connection -> items.wake(connection, queue, Set.of(key.toString())));
    items.ring(queue);
  }

  List<Revised> revisions(UUID certificate) throws SQLException {
    return database.each(connection -> Revisions.all(connection, certificate));
  }

  KeyPair key(UUID id) throws SQLException {
    return database.each(connection -> keys.open(connection, id));
  }

  /** Time goes by for whatever waits. */
  void pass(Duration time) throws SQLException {
    String earlier = " - interval '" + time.toMillis() + " milliseconds'";
    // At once: whoever is woken finds the time gone by everywhere.
    update(
        """
        with orders as (update issuance set turn_at = turn_at%1$s),
          paces as (
            update issuer_pace set next_order_at = next_order_at%1$s,
              opened_at = opened_at%1$s, probe_at = probe_at%1$s, held_until = held_until%1$s)
        update work_item set due_at = due_at%1$s where owner is null
        """
            .formatted(earlier));
    queues.forEach(queue -> items.ring(queue.name()));
  }

  /** Those who were killed hold nothing any more: their leases have run out. */
  void leasesRunOut() throws SQLException {
    update("update work_item set due_at = clock_timestamp() where owner is not null");
  }

  /** Whether nothing is being done, nor will be for a moment. */
  boolean isIdle() throws SQLException {
    return only("select count(*) from work_item"
            + " where owner is not null or due_at < clock_timestamp() + interval '2 seconds'")
        .equals("0");
  }

  /** The only value of a query. */
  String only(String sql) throws SQLException {
    return database.each(
        connection -> {
          List<String> column = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              column.add(row.getString(1));
            }
          }
          return String.join(",", column);
        });
  }

  void update(String sql, Object... values) throws SQLException {
    database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            statement.execute();
          }
        });
  }

  /** Hands over what it was at; it may work again. */
  void rest() {
    if (workers != null) {
      workers.close();
      workers = null;
    }
  }

  @Override
  public void close() {
    rest();
    connections.close();
    pool.close();
  }
}
