package dev.perch.agent.machine;

/** Something about the machine cannot be found out; the message says why, for people. */
public final class Unavailable extends Exception {
  private static final long serialVersionUID = 1;

  public Unavailable(String reason) {
    super(reason, null, false, false);
  }

  /** Why, for people; it becomes part of what is reported. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
