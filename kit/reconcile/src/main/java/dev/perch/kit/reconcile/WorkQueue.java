package dev.perch.kit.reconcile;

/**
 * A queue and who works on it. A service has one bean of this type per queue; each of its replicas
 * works on all of them.
 *
 * @param name of the queue in the table
 * @param parallelism how many keys one process works on at a time; queues do not share these places
 */
public record WorkQueue(String name, int parallelism, Reconciler reconciler) {

  public WorkQueue {
    if (parallelism < 1) {
      throw new IllegalArgumentException("queue " + name + " with parallelism " + parallelism);
    }
  }
}
