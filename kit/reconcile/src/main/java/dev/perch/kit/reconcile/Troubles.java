package dev.perch.kit.reconcile;

/** Where the alarms of the work queues go. */
public interface Troubles {
  void raise(String alarm, String entity, String text);

  void clear(String alarm, String entity);
}
