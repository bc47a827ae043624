package dev.perch.inventory.enrolment;

import dev.perch.contract.inventory.Host;
import dev.perch.inventory.check.Check;
import dev.perch.inventory.check.Checked;
import dev.perch.inventory.check.Checks;
import dev.perch.inventory.check.Subject;
import dev.perch.inventory.check.Subjects;
import dev.perch.inventory.enrolment.EnrolmentInput.ReplacementRequest;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.life.Life;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Another machine takes a host's place. The old one's key goes at once; the host is planned again,
 * and in service only after it was unlocked as any other.
 */
@ApplicationScoped
class Replacement {
  private final HostRegistry hosts;
  private final AgentKeyBook keys;
  private final Enrolment enrolment;

  Replacement(HostRegistry hosts, AgentKeyBook keys, Enrolment enrolment) {
    this.hosts = hosts;
    this.keys = keys;
    this.enrolment = enrolment;
  }

  /** In its caller's transaction; fails with {@link Problem.ActionRefused}. */
  Uni<Enrolment.Issued> begin(
      Mutiny.StatelessSession session, UUID id, ReplacementRequest asked, Caller caller) {
    var cause = caller.cause("host.replace");
    return Subjects.find(session, id)
        .onItem()
        .ifNull()
        .failWith(() -> new Problem.NotFound("There is no host " + id + ".").asException())
        .invoke(subject -> check(subject, caller))
        // The session before the host, as presence locks them.
        .call(() -> keys.revoke(session, id, "replaced"))
        .call(() -> hosts.observe(session, id, Replacement::planned, cause))
        .chain(subject -> enrolment.issue(session, subject.host(), asked.validFor(), true, cause));
  }

  private static void check(Subject subject, Caller caller) {
    caller.requireSite(subject.host().siteId());
    List<Checked> failed =
        Checks.REPLACE.stream()
            .map((Check check) -> check.on(subject))
            .filter(checked -> !checked.ok())
            .toList();
    if (!failed.isEmpty()) {
      throw refused(failed);
    }
  }

  private static Host.State planned(Host.State state) {
    if (Life.of(state) instanceof Life.Locked locked) {
      return locked.replaced().state();
    }
    throw refused(List.of());
  }

  private static RuntimeException refused(List<Checked> failed) {
    return new Problem.ActionRefused(
            "A host is replaced while it is locked and nothing else is done to it.",
            failed.stream().map(Checked::violation).toList())
        .asException();
  }
}
