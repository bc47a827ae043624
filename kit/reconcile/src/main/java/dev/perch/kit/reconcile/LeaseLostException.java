package dev.perch.kit.reconcile;

/** Somebody else works on the key, or may: nothing more must be done or written for this claim. */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeaseLostException(Claim claim) {
    super("the lease was lost: " + claim);
  }
}
