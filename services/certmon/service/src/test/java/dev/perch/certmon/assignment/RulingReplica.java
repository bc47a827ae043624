package dev.perch.certmon.assignment;

import dev.perch.certmon.Migrated;
import dev.perch.certmon.certificate.Actions;
import dev.perch.certmon.certificate.Certificates;
import dev.perch.certmon.certificate.Policy;
import dev.perch.certmon.certificate.RuledCertificates;
import dev.perch.certmon.host.HostNews;
import dev.perch.certmon.host.KnownHosts;
import dev.perch.certmon.issuer.IssuerSecrets;
import dev.perch.certmon.issuer.Issuers;
import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.key.Keys;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.contract.certmon.Issuer;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.certmon.Target;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.inbox.Received;
import dev.perch.kit.outbox.Capacity;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.reconcile.Pace;
import dev.perch.kit.reconcile.Troubles;
import dev.perch.kit.reconcile.WorkItems;
import dev.perch.kit.reconcile.WorkQueue;
import dev.perch.kit.reconcile.Workers;
import dev.perch.kit.seal.KeyFile;
import dev.perch.kit.seal.Seal;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.Timeline;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows rules in one replica, without its framework; also a process of its own. */
final class RulingReplica implements AutoCloseable {
  private static final Cause OPERATOR = new Cause("operator", "rule.test", null);
  private static final Duration SHORT = Duration.ofMillis(500);
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
  private final HostNews news;
  private final ResourceBook<Issuer> issuers;
  private final ResourceBook<CertificateRule> rules;
  private final List<WorkQueue> queues;
  private @Nullable Workers workers;

  private RulingReplica(dev.perch.kit.testkit.Database at, Path keyFile, Duration patience)
      throws SQLException {
    this.at = at;
    this.keyFile = keyFile;
    Clock clock = Clock.systemUTC();
    pool = Migrated.pool(at);
    database = new Database(pool);
    Outbox outbox = new Outbox(new Capacity(), new Doorbell());
    items = new WorkItems(outbox);
    news = new HostNews(items);
    var seal = new Seal(new KeyFile(keyFile));
    var timeline = new Timeline(outbox);
    issuers = new ResourceBook<>(Issuers.KIND, timeline);
    rules = new ResourceBook<>(CertificateRules.KIND, timeline);
    var certificates = new ResourceBook<>(Certificates.KIND, timeline);
    var signers =
        new Signers(issuers, new Keys(seal), new IssuerSecrets(seal), Optional.empty(), clock);
    var actions =
        new Actions(
            database,
            certificates,
            signers,
            items,
            List.of(),
            new Policy(Duration.ofSeconds(30), 5),
            clock);
    queues =
        List.of(
            new WorkQueue(RuleWork.QUEUE, 1, new RuleWork(database, rules, items)),
            new WorkQueue(
                KnownHosts.ARRIVALS,
                2,
                new AssignmentWork(
                    database,
                    rules,
                    new RuledCertificates(certificates, actions, items),
                    items,
                    patience,
                    clock)));
  }

  static RulingReplica fresh(Path keyFile) throws IOException, SQLException {
    new KeyFile(keyFile).createIfAbsent();
    return new RulingReplica(Migrated.fresh(), keyFile, SHORT);
  }

  /** Another replica on the same database, which takes nothing away for now. */
  RulingReplica patient() throws SQLException {
    return new RulingReplica(at, keyFile, Duration.ofHours(1));
  }

  /** Works until it is killed. */
  public static void main(String[] arguments) throws InterruptedException, SQLException {
    new RulingReplica(
            new dev.perch.kit.testkit.Database(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2],
                arguments[3],
                arguments[4]),
            Path.of(arguments[5]),
            SHORT)
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

  /** Inventory tells of a host. */
  void told(UUID host, long version, Map<String, String> labels) throws SQLException {
    Instant now = Instants.now();
    var value =
        new Host(
            host,
            new UUID(1, 1),
            "h-" + host.getLeastSignificantBits(),
            null,
            labels,
            null,
            Host.State.REGISTERED,
            version,
            now,
            now);
    database.run(
        connection -> {
          news.apply(
              connection,
              List.of(
                  new Received(
                      "t",
                      0,
                      version,
                      host.toString(),
                      1,
                      version,
                      null,
                      null,
                      Map.of(),
                      Json.MAPPER.valueToTree(value))));
        });
    items.ring(KnownHosts.ARRIVALS);
  }

  /** A rule for hosts with the label {@code role=web}. */
  UUID rule() throws SQLException {
    UUID issuer = UUID.randomUUID();
    UUID id = UUID.randomUUID();
    Instant now = Instants.now();
    database.run(
        connection -> {
          issuers.create(connection, api(issuer, now), OPERATOR);
          rules.create(connection, rule(id, issuer, Duration.ofDays(30), 1, now), OPERATOR);
          wake(connection, id);
        });
    items.ring(RuleWork.QUEUE);
    return id;
  }

  /** Another life for its certificates. */
  void change(UUID rule, Duration life) throws SQLException {
    database.run(
        connection -> {
          rules.change(
              connection,
              rule,
              one -> rule(one.id(), one.issuerId(), life, one.version() + 1, one.updatedAt()),
              OPERATOR);
          wake(connection, rule);
        });
    items.ring(RuleWork.QUEUE);
  }

  void remove(UUID rule) throws SQLException {
    database.run(
        connection -> {
          rules.remove(connection, rules.lock(connection, rule).orElseThrow(), OPERATOR);
          wake(connection, rule);
        });
    items.ring(RuleWork.QUEUE);
  }

  private void wake(Connection connection, UUID rule) throws SQLException {
    items.wake(connection, RuleWork.QUEUE, Set.of(rule.toString()));
  }

  private static Issuer api(UUID id, Instant now) {
    return new Issuer(
        id,
        "edge",
        null,
        Map.of(),
        Issuer.Kind.CSR_API,
        null,
        null,
        null,
        null,
        Issuer.State.READY,
        null,
        null,
        1,
        now,
        now);
  }

  private static CertificateRule rule(
      UUID id, UUID issuer, Duration life, long version, Instant createdAt) {
    return new CertificateRule(
        id,
        null,
        "web",
        null,
        "role=web",
        Map.of(),
        issuer,
        List.of("dns:{name}.edge.example"),
        List.of(Certificate.Usage.SERVER),
        life,
        new Certificate.KeyPolicy(KeyAlgorithm.P256, Certificate.Rotation.ALWAYS, null),
        new Certificate.Renewal(null, null, List.of()),
        null,
        new CertificateRule.Folder(
            "/srv/tls/web", null, null, null, null, Target.Files.USUAL, null),
        version,
        createdAt,
        Instants.after(createdAt));
  }

  /** What a query finds, a row after the other. */
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

  /** Those who were killed hold nothing any more: their leases have run out. */
  void leasesRunOut() throws SQLException {
    update("update work_item set due_at = clock_timestamp() where owner is not null");
  }

  /** Whether nothing of rules and hosts is left to do. */
  boolean isIdle() throws SQLException {
    return only("select count(*) from work_item where queue in ('rules', 'arrivals')").equals("0");
  }

  private void update(String sql) throws SQLException {
    database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
    pool.close();
  }
}
