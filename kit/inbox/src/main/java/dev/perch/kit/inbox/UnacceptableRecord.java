package dev.perch.kit.inbox;

/** A record that can never be applied as it is; it goes to the dead letters. */
public final class UnacceptableRecord extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * @param code stable, for programs: {@code schema}, {@code sequence.missing}
   * @param message for people; no secrets: it is published with the dead letter
   */
  public UnacceptableRecord(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
