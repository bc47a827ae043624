package dev.perch.inventory.action;

import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.operation.Operation;
import dev.perch.inventory.check.Subject;
import dev.perch.inventory.check.Subjects;
import dev.perch.kit.reconcile.operation.NewOperation;
import dev.perch.kit.reconcile.operation.Operations;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Asks for actions on hosts. Each method runs inside its caller's transaction. */
@ApplicationScoped
class Actions {
  /** Whoever asks for an action waits here for the one before: then one of them is refused. */
  private static final String LOCK = "select id::text from host where id = ?1 for no key update";

  private final Operations operations;

  Actions(Operations operations) {
    this.operations = operations;
  }

  /**
   * Checks and asks for it in one: between the two nothing about the host's state changes.
   *
   * @return fails with {@link Problem.ActionRefused} or {@link Problem.NoDriver}
   */
  Uni<Operation> request(
      Mutiny.StatelessSession session, UUID host, ActionRequest asked, Caller caller) {
    return session
        .createNativeQuery(LOCK, String.class)
        .setParameter(1, host)
        .getSingleResultOrNull()
        .chain(() -> subject(session, host, caller))
        .chain(
            subject -> {
              var preview = Preview.of(asked.action(), asked.waive(), subject);
              return preview.isAllowed()
                  ? operations.request(session, operation(subject, asked, caller))
                  : Uni.createFrom().failure(preview.refusal().asException());
            });
  }

  /** What checks look at; changes nothing. */
  Uni<Subject> subject(Mutiny.StatelessSession session, UUID host, Caller caller) {
    return Subjects.find(session, host)
        .onItem()
        .ifNull()
        .failWith(() -> new Problem.NotFound("There is no host " + host + ".").asException())
        .invoke(subject -> caller.requireSite(subject.host().siteId()));
  }

  private static NewOperation operation(Subject subject, ActionRequest asked, Caller caller) {
    String kind = asked.action().kind();
    String reason = asked.reason() == null ? caller.reason() : asked.reason();
    return new NewOperation(
        kind,
        Target.of(subject.host().id()),
        subject.host().siteId(),
        Json.MAPPER.valueToTree(Map.of("host", subject.host().name(), "waive", asked.waive())),
        new Cause(caller.subject(), kind, reason));
  }
}
