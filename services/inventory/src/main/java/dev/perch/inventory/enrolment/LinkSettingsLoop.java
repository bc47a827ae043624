package dev.perch.inventory.enrolment;

import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every now and then whether the link's settings have changed, and has agents told. */
@ApplicationScoped
class LinkSettingsLoop {
  private static final Logger LOG = LoggerFactory.getLogger(LinkSettingsLoop.class);

  private final Database database;
  private final LinkAddress address;
  private final LinkDocuments documents;
  private final long everyNanos;
  private volatile boolean ended;

  LinkSettingsLoop(
      Database database, LinkAddress address, LinkDocuments documents, EnrolmentConfig config) {
    this.database = database;
    this.address = address;
    this.documents = documents;
    this.everyNanos = config.lookEvery().toNanos();
  }

  void start(@Observes StartupEvent event) {
    if (address.isConfigured()) {
      Thread.ofVirtual().name("link-settings").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    ended = true;
  }

  private void run() {
    while (!ended) {
      try {
        look();
      } catch (SQLException | ProblemException e) {
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Agents cannot be told of settings");
      }
      LockSupport.parkNanos(everyNanos);
    }
  }

  private void look() throws SQLException {
    boolean more = true;
    while (more && !ended) {
      more = database.transaction(connection -> documents.tell(connection, address.settings()));
      documents.published();
    }
  }
}
