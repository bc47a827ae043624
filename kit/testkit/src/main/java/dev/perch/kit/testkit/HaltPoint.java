package dev.perch.kit.testkit;

/**
 * Where a {@link Victim} is halted.
 *
 * @param type the class that declares the method, as in {@link Class#getName()}
 * @param method its name; of overloaded methods, each counts
 * @param entry the how-manieth entry halts it, from 1
 * @param effect what happens to it then
 */
record HaltPoint(String type, String method, int entry, Effect effect) {
  /** What happens at a halt point. */
  enum Effect {
    KILL,
    FREEZE
  }

  HaltPoint {
    if (entry < 1) {
      throw new IllegalArgumentException("entries are counted from 1, not from " + entry);
    }
  }

  @Override
  public String toString() {
    return "entry " + entry + " of " + type + "." + method;
  }
}
