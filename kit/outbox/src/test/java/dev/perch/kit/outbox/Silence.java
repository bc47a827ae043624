package dev.perch.kit.outbox;

/** Troubles nobody hears of. */
enum Silence implements Troubles {
  INSTANCE;

  @Override
  public void raise(String alarm, String entity, String text) {}

  @Override
  public void clear(String alarm, String entity) {}
}
