package dev.perch.certmon.issuer;

import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.ResourceBook;
import dev.perch.kit.timeline.Timeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.UUID;

/** What time does to issuers. */
@ApplicationScoped
public class IssuerStates {
  private static final Cause EXPIRED = new Cause("service:certmon", "issuer.expire", null);

  private final Database database;
  private final ResourceBook<Issuer> issuers;

  IssuerStates(Database database, Timeline timeline) {
    this.database = database;
    issuers = new ResourceBook<>(Issuers.KIND, timeline);
  }

  /** Its own certificate has run out. */
  public void expired(UUID id) throws SQLException {
    database.run(connection -> issuers.change(connection, id, IssuerStates::expired, EXPIRED));
    issuers.published();
  }

  private static Issuer expired(Issuer before) {
    return before.state() != Issuer.State.READY
        ? before
        : new Issuer(
            before.id(),
            before.name(),
            before.description(),
            before.labels(),
            before.kind(),
            before.ca(),
            before.acme(),
            before.csrApi(),
            before.rate(),
            Issuer.State.EXPIRED,
            before.authority(),
            before.failure(),
            before.version() + 1,
            before.createdAt(),
            Instants.after(before.updatedAt()));
  }
}
