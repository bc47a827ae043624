package dev.perch.certmon.secret;

import dev.perch.certmon.cluster.ClusterWork;
import dev.perch.certmon.cluster.Connections;
import dev.perch.certmon.cluster.Connections.Connected;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.key.Keys;
import dev.perch.certmon.kubernetes.Failure;
import dev.perch.certmon.kubernetes.Material;
import dev.perch.certmon.kubernetes.SecretTarget;
import dev.perch.certmon.publish.Ledger;
import dev.perch.certmon.publish.Ledger.Issued;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Publication.State;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import dev.perch.kit.reconcile.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one Secret as it should be, or has it gone. Its keys are {@link SecretPlace#key}.
 *
 * <p>The cluster is asked between two transactions, and a cluster knows no fence: so each write
 * there begins with a look at what is there, is made over exactly what was seen, and only while the
 * lease is held. Whoever goes on after a crash finds it right already, or makes it so.
 */
public final class SecretWork implements Reconciler {
  public static final String QUEUE = "secrets";

  /** Whoever waits for a cluster is woken when it answers; this only finds what went unheard. */
  private static final Duration ANSWERS = Duration.ofMinutes(10);

  private final Database database;
  private final Ledger ledger;
  private final Keys keys;
  private final StorePasswords passwords;
  private final Connections connections;
  private final Delivery delivery;
  private final WorkItems items;
  private final Clock clock;

  public SecretWork(
      Database database,
      Ledger ledger,
      Keys keys,
      StorePasswords passwords,
      Connections connections,
      ProbeNetworks networks,
      WorkItems items,
      Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.keys = keys;
    this.passwords = passwords;
    this.connections = connections;
    this.delivery = new Delivery(networks, clock);
    this.items = items;
    this.clock = clock;
  }

  /**
   * What there is to do, as it was when it was looked up.
   *
   * @param certificate null if the Secret is to go
   * @param target its place among the certificate's targets
   * @param stores what is published besides PEM; null for nothing
   * @param material null while there is nothing to publish
   */
  private record Task(
      SecretPlace place,
      Connected cluster,
      @Nullable Certificate certificate,
      int target,
      SecretTarget.@Nullable Stores stores,
      @Nullable Material material,
      String sha256) {}

  @Override
  public Outcome reconcile(Claim claim) throws SQLException {
    Optional<Task> found = database.transaction(connection -> task(connection, claim.key()));
    if (found.isEmpty()) {
      return new Outcome.Done();
    }
    Task task = found.get();
    Certificate certificate = task.certificate();
    return certificate == null ? withdraw(claim, task) : publish(claim, task, certificate);
  }

  private Outcome publish(Claim claim, Task task, Certificate certificate) throws SQLException {
    Material material = task.material();
    Delivered delivered =
        material == null
            ? new Delivered(
                task.place(),
                new Verdict(null, State.PENDING, "There is no certificate to publish yet."),
                new Outcome.Done())
            : delivery.deliver(order(claim, task, certificate, material), task.cluster());
    database.run(
        connection -> {
          keep(connection, task, certificate, delivered);
          items.requireHeld(connection, claim);
        });
    ledger.committed();
    if (delivered.isClusterAway()) {
      items.ring(ClusterWork.QUEUE);
    }
    return delivered.next();
  }

  private static Delivery.Order order(
      Claim claim, Task task, Certificate certificate, Material material) {
    return new Delivery.Order(
        task.place(),
        new SecretTarget(task.place().name(), task.stores()),
        Objects.requireNonNull(certificate.targets().get(task.target()).secret()).probe(),
        material,
        task.sha256(),
        Verdict.find(certificate, task.target()).orElse(null),
        claim::requireHeld);
  }

  private Outcome withdraw(Claim claim, Task task) throws SQLException {
    if (!task.cluster().isAnswering()) {
      return new Outcome.Again(ANSWERS);
    }
    claim.requireHeld();
    SecretPlace place = task.place();
    Optional<Failure> failed =
        task.cluster().publisher().withdraw(place.name(), place.certificate());
    boolean away = failed.filter(Failures::isOfCluster).isPresent();
    database.run(
        connection -> {
          if (failed.isEmpty()) {
            SecretTable.forget(connection, place);
          }
          if (away) {
            askAfter(connection, task.cluster());
          }
          items.requireHeld(connection, claim);
        });
    if (away) {
      items.ring(ClusterWork.QUEUE);
    }
    return failed.isEmpty() ? new Outcome.Done() : Failures.outcome(failed.get());
  }

  private Optional<Task> task(Connection connection, String key) throws SQLException {
    Optional<SecretPlace> found = SecretTable.find(connection, key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    SecretPlace place = found.get();
    Connected cluster =
        connections
            .named(connection, place.cluster())
            .orElseThrow(() -> new SQLException("no cluster " + place.cluster()));
    Optional<Certificate> wanted =
        place.leaving() ? Optional.empty() : ledger.find(connection, place.certificate());
    int target = wanted.map(certificate -> target(certificate, place)).orElse(-1);
    if (wanted.isEmpty() || target < 0) {
      return Optional.of(new Task(place, cluster, null, target, null, null, ""));
    }
    // A key that was made on a host does not leave it; another one is on its way.
    Optional<Issued> issued =
        ledger.issued(connection, wanted.get()).filter(one -> one.keyId() != null);
    return Optional.of(
        new Task(
            place,
            cluster,
            wanted.get(),
            target,
            passwords.stores(connection, wanted.get(), target),
            issued.isEmpty() ? null : material(connection, place.certificate(), issued.get()),
            issued.map(Issued::sha256).orElse("")));
  }

  private static int target(Certificate certificate, SecretPlace place) {
    for (int i = 0; i < certificate.targets().size(); i++) {
      Target.Secret secret = certificate.targets().get(i).secret();
      if (secret != null && place.isOf(secret)) {
        return i;
      }
    }
    return -1;
  }

  private Material material(Connection connection, UUID id, Issued issued) throws SQLException {
    return new Material(
        id,
        issued.number(),
        Chain.fromPem(issued.chain()).certificates(),
        keys.open(connection, Objects.requireNonNull(issued.keyId())).getPrivate(),
        Chain.fromPem(issued.anchors()).certificates());
  }

  private void keep(Connection connection, Task task, Certificate before, Delivered delivered)
      throws SQLException {
    Optional<Certificate> now = ledger.lock(connection, before.id());
    SecretTable.keep(connection, delivered.place());
    // Whoever changed the targets meanwhile has had this looked at again.
    if (now.isPresent() && now.get().targets().equals(before.targets())) {
      ledger.published(
          connection, now.get(), delivered.verdict().in(now.get(), task.target(), clock.instant()));
    }
    if (delivered.isClusterAway()) {
      askAfter(connection, task.cluster());
    }
  }

  private void askAfter(Connection connection, Connected cluster) throws SQLException {
    items.wake(connection, ClusterWork.QUEUE, Set.of(cluster.cluster().id().toString()));
  }
}
