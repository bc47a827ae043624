package dev.perch.certmon.kubernetes;

import java.util.List;

/** What a fresh look at a Secret found. */
public sealed interface Inspection {

  /** It is as it was published. */
  record Intact(String resourceVersion) implements Inspection {}

  /**
   * Somebody changed it.
   *
   * @param parts what is not as it was published, for example {@code data.tls.crt}
   * @param managers the field managers that own those parts now
   */
  record Drifted(String resourceVersion, List<String> parts, List<String> managers)
      implements Inspection {
    public Drifted {
      parts = List.copyOf(parts);
      managers = List.copyOf(managers);
    }
  }

  /** It is not there, or is about to go. */
  record Missing() implements Inspection {}

  record Failed(Failure failure) implements Inspection {}
}
