package dev.perch.inventory.notice;

import java.util.UUID;

/** Look at this host. */
public record Notice(Kind kind, UUID host) {

  /** What to look at. */
  public enum Kind {
    /** Its desired documents changed. */
    DOCUMENTS,
    /** Another session was opened, or its key was revoked. */
    SESSION
  }
}
