package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.embedded.Folders;
import dev.perch.kit.embedded.KafkaBroker;
import dev.perch.kit.embedded.KafkaSettings;
import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresSettings;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.NetworkNamespace;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A relay on another machine, whose packets are lost in the middle of a batch. It has servers of
 * its own, and waits most of the time.
 */
@Execution(ExecutionMode.CONCURRENT)
class RelayCutOffTest {
  /** Longer than the kernel waits between two of its attempts after a cut of this length. */
  private static final Duration SETTLED = Duration.ofSeconds(40);

  @RegisterExtension final Victims victims = new Victims();
  private NetworkNamespace network;
  private Path folder;
  private Postgres postgres;
  private KafkaBroker kafka;
  private Database there;
  private Rig rig;

  @BeforeEach
  void changesWait() throws Exception {
    network = NetworkNamespace.create();
    folder = Files.createTempDirectory("cut-off-");
    String password = PostgresSettings.newPassword();
    var settings =
        PostgresSettings.in(folder.resolve("postgres"), password).alsoOn(network.hostAddress());
    postgres = new Postgres(settings);
    postgres.start();
    kafka =
        new KafkaBroker(KafkaSettings.in(folder.resolve("kafka")).alsoOn(network.hostAddress()));
    kafka.start();
    Database here =
        new Database(
            "127.0.0.1", settings.port(), "postgres", PostgresSettings.SUPERUSER, password);
    there = here.at(network.hostAddress());
    rig = Rig.on(here, kafka.bootstrap());
    for (int i = 0; i < 600; i++) {
      rig.things.put("key-" + i % 20, "text " + i);
    }
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    kafka.close();
    postgres.close();
    network.close();
    Folders.delete(folder);
  }

  @Test
  void whatArrivesLateFromItDoesNotLast() throws Exception {
    String bootstrap = kafka.settings().bootstrap(network.hostAddress());
    Victim distant =
        victims.start(
            Victim.of(RelayProcess.class, RelayProcess.arguments(there, bootstrap, SETTLED))
                .in(network)
                .frozenAt("dev.perch.kit.outbox.Records", "of", 300));
    distant.awaitHalt();
    network.cut();
    distant.thaw();

    rig.startRelay();
    rig.startSuspects();
    for (int i = 0; i < 100; i++) {
      rig.things.put("key-" + i % 20, "later " + i);
    }
    rig.things.remove("key-3");
    rig.awaitTruth();
    List<Event> before = rig.states();

    network.restore();
    awaitThatItReportedWhatItLeftInDoubt();

    rig.awaitTruth();
    assertThat(distant.isAlive()).isTrue();
    assertThat(rig.outdatedSince(before)).as("otherwise nothing was put to the test").isNotEmpty();
  }

  private void awaitThatItReportedWhatItLeftInDoubt() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> rig.things.number("select count(*) from outbox_suspect") > 0);
  }
}
