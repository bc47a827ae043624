package dev.perch.inventory.link;

import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.inventory.document.DesiredTable;
import dev.perch.kit.outbox.Database;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends agents what the database says is wanted of them. Waking it once too often costs a query.
 */
@ApplicationScoped
class DocumentFeed {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentFeed.class);
  private static final int BATCH = 256;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Database database;
  private final DesiredTable documents;
  private final Registry registry;
  private final Batcher<UUID> woken;

  DocumentFeed(Database database, DesiredTable documents, Registry registry) {
    this.database = database;
    this.documents = documents;
    this.registry = registry;
    woken = new Batcher<>("link-documents", BATCH, this::send);
  }

  /** Something may be wanted of this host that its agent does not have. */
  void wake(UUID host) {
    woken.put(host);
  }

  private void send(List<UUID> batch) {
    List<UUID> hosts =
        batch.stream().distinct().filter(host -> registry.of(host).isPresent()).toList();
    if (hosts.isEmpty()) {
      return;
    }
    try {
      Map<UUID, Map<String, Desired>> wanted =
          database.transaction(connection -> documents.of(connection, hosts)).stream()
              .collect(
                  Collectors.groupingBy(
                      DesiredTable.Wanted::host,
                      Collectors.toMap(DesiredTable.Wanted::aspect, DocumentFeed::desired)));
      hosts.forEach(
          host ->
              registry
                  .of(host)
                  .ifPresent(session -> session.desired(wanted.getOrDefault(host, Map.of()))));
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("hosts", hosts.size())
          .addKeyValue("reason", e.getMessage())
          .log("Documents cannot be read now");
      LockSupport.parkNanos(RETRY.toNanos());
      hosts.forEach(this::wake);
    }
  }

  private static Desired desired(DesiredTable.Wanted wanted) {
    return new Desired(wanted.aspect(), wanted.generation(), wanted.driver(), wanted.spec());
  }

  @PreDestroy
  void close() {
    woken.close();
  }
}
