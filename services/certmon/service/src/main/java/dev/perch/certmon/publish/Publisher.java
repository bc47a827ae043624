package dev.perch.certmon.publish;

import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Publishes to one kind of target. A bean of this type is all that a kind needs: certificates may
 * have targets of the kind from then on.
 *
 * <p>The certificate is the truth: what differs at a target is published again and never issued
 * again.
 */
public interface Publisher {

  /** The kind of place. */
  Class<? extends Target.Place> kind();

  /**
   * Brings the certificate's places of this kind to the revision in use, withdraws it from those
   * that it had and has no more, and keeps with {@link Ledger#published} what is known of them. It
   * is called for each certificate that has targets or had some, whatever their kind, after each of
   * its changes and after each {@link Publications#wake}; as a reconciler's attempt otherwise.
   */
  Outcome publish(Claim claim, UUID certificate) throws Exception;

  /**
   * Withdraws it everywhere, in the transaction that removes it. What cannot be done there is made
   * a work item.
   */
  void withdraw(Connection connection, Certificate last) throws SQLException;
}
