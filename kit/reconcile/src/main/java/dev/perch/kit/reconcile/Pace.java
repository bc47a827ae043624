package dev.perch.kit.reconcile;

import java.time.Duration;

/**
 * How fast a process that works does what it does again and again.
 *
 * @param lease how long a key stays claimed after its worker was last heard of
 * @param renew how often leases are renewed
 * @param poll how often a queue is looked at when nobody rings
 * @param watch how often it is looked for work that is stuck
 * @param grace how long a stopping process lets work end by itself before it interrupts it
 */
public record Pace(Duration lease, Duration renew, Duration poll, Duration watch, Duration grace) {

  public Pace {
    if (renew.multipliedBy(2).compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "a lease of " + lease + " renewed every " + renew + " has no second chance");
    }
  }
}
