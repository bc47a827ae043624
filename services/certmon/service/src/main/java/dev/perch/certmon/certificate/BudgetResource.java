package dev.perch.certmon.certificate;

import dev.perch.certmon.issuer.Signers;
import dev.perch.certmon.pace.Budget;
import dev.perch.certmon.pace.BudgetOverride;
import dev.perch.certmon.site.Sites;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.security.Caller;
import dev.perch.kit.web.security.Callers;
import dev.perch.kit.web.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How often a certificate may be asked for, and who went beyond that. */
@ApplicationScoped
@Tag(name = "certificates")
@Path("/v1/certificates/{id}/budget")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BudgetResource {
  private final Database database;
  private final Signing signing;
  private final Callers callers;

  BudgetResource(Database database, Signing signing, Callers callers) {
    this.database = database;
    this.signing = signing;
    this.callers = callers;
  }

  /**
   * The answer.
   *
   * @param budget what it may be; null where nobody limits it: its issuer is not elsewhere
   * @param usedUpUntil when there is room again; null if there is
   * @param overrides who had it renewed all the same; the newest first
   */
  record Spent(
      @Nullable Budget budget, @Nullable Instant usedUpUntil, List<BudgetOverride> overrides) {
    Spent {
      overrides = List.copyOf(overrides);
    }
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "readBudget",
      summary = "How often it may be issued in a week and ordered in a day, and who went beyond it")
  public Spent spent(@PathParam("id") UUID id) throws SQLException {
    Caller caller = callers.current();
    return database.each(
        connection -> {
          Situation situation =
              signing.situation(connection, id).orElseThrow(() -> Certificates.KIND.unknown(id));
          Sites.requireRead(caller, situation.certificate().siteId());
          boolean limited = Signers.isElsewhere(situation.issuer());
          return new Spent(
              limited ? Pacing.budgetOf(situation) : null,
              limited ? Pacing.usedUpUntil(connection, situation).orElse(null) : null,
              BudgetOverride.of(connection, id));
        });
  }
}
