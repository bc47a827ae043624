package dev.perch.certmon.publish;

import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import java.util.List;
import java.util.UUID;

/** Keeps one certificate where it is to be: asks each publisher in turn. */
public final class PublicationWork implements Reconciler {
  private final List<Publisher> publishers;

  public PublicationWork(List<Publisher> publishers) {
    this.publishers = List.copyOf(publishers);
  }

  @Override
  public Outcome reconcile(Claim claim) throws Exception {
    UUID certificate = UUID.fromString(claim.key());
    Outcome outcome = new Outcome.Done();
    for (Publisher publisher : publishers) {
      Outcome next = publisher.publish(claim, certificate);
      // A certificate has targets of one kind, so at most one has more to do.
      if (!(next instanceof Outcome.Done)) {
        outcome = next;
      }
    }
    return outcome;
  }
}
