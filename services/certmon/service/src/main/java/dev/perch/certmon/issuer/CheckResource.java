package dev.perch.certmon.issuer;

import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.issue.Finding;
import dev.perch.certmon.pace.Pace;
import dev.perch.certmon.pace.Paces;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Asks an issuer whether it could sign now. It may ask others, so it blocks. */
@ApplicationScoped
@Tag(name = "issuers")
@Path("/v1/issuers/{id}/check")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CheckResource {
  private final Database database;
  private final Signers signers;
  private final CertmonConfig config;

  CheckResource(Database database, Signers signers, CertmonConfig config) {
    this.database = database;
    this.signers = signers;
    this.config = config;
  }

  /**
   * The answer.
   *
   * @param ok whether a certificate would be issued now, as far as that can be known
   * @param rate how many orders it is given; null where nobody limits it
   * @param pace what keeps certificates from asking it; null for an issuer of ours
   */
  record Checked(
      boolean ok, List<Finding> findings, Issuer.@Nullable Rate rate, @Nullable Pace pace) {
    Checked {
      findings = List.copyOf(findings);
    }
  }

  @GET
  @RolesAllowed(Roles.OPERATOR)
  @Operation(
      operationId = "checkIssuer",
      summary = "Everything that would keep the issuer from signing now, and what to do about it")
  public Checked check(@PathParam("id") UUID id) throws SQLException {
    Issuer issuer =
        database
            .each(connection -> signers.find(connection, id))
            .orElseThrow(() -> Issuers.KIND.unknown(id));
    List<Finding> findings = new ArrayList<>();
    if (issuer.failure() != null) {
      findings.add(
          new Finding(
              issuer.failure().code(),
              issuer.failure().detail(),
              "Mend what it names; it is tried again by itself."));
    }
    if (issuer.state() == Issuer.State.PENDING) {
      findings.add(
          new Finding(
              "not-ready",
              "Its key and certificate have not been made yet.",
              "Wait; if it stays so, look at the alarms of certmon."));
    } else if (issuer.kind() != Issuer.Kind.SELF_SIGNED) {
      findings.addAll(database.each(connection -> signers.open(connection, issuer)).check());
    }
    unanswered(issuer, config.tlsAlpnPort()).ifPresent(findings::add);
    Pace pace =
        Signers.isElsewhere(issuer)
            ? database.each(connection -> Paces.find(connection, id))
            : null;
    if (pace != null) {
      findings.addAll(inTheWay(pace));
    }
    return new Checked(findings.isEmpty(), findings, issuer.rate(), pace);
  }

  /** What it asks of this replica, and this replica does not do. */
  static Optional<Finding> unanswered(Issuer issuer, OptionalInt tlsAlpnPort) {
    Issuer.Acme acme = issuer.acme();
    boolean asked = acme != null && Boolean.TRUE.equals(acme.solvers().tlsAlpn01());
    return asked && tlsAlpnPort.isEmpty()
        ? Optional.of(
            new Finding(
                "tls-alpn-off",
                "Nobody here answers tls-alpn-01.",
                "Set perch.certmon.tls-alpn-port, or prove names in another way."))
        : Optional.empty();
  }

  private static List<Finding> inTheWay(Pace pace) {
    List<Finding> findings = new ArrayList<>();
    if (pace.openedAt() != null) {
      findings.add(
          new Finding(
              "away",
              "since " + pace.openedAt() + ": " + pace.fault(),
              "Mend what it names; it is looked for every 30 s, and what waits goes on by itself."));
    }
    if (pace.heldUntil() != null) {
      findings.add(
          new Finding(
              "busy",
              "it wants to be left alone until " + pace.heldUntil(),
              "Wait, or give it a lower rate: fewer orders, or more time for them."));
    }
    return findings;
  }
}
