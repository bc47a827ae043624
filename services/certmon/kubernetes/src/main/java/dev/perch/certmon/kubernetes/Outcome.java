package dev.perch.certmon.kubernetes;

import java.util.List;

/** What became of a publication. */
public sealed interface Outcome {

  /**
   * The Secret is as it should be: it was read, after the last write to it.
   *
   * @param fingerprint what was read, to be compared later
   * @param resourceVersion of what was read
   * @param written false if it was as it should be already
   * @param repaired the parts that somebody had changed since this revision was published; empty at
   *     its first publication
   */
  record Published(
      Fingerprint fingerprint, String resourceVersion, boolean written, List<String> repaired)
      implements Outcome {
    public Published {
      repaired = List.copyOf(repaired);
    }
  }

  /**
   * The Secret is somebody else's, or somebody else declares parts of it. It was not written: the
   * other would write again. Nothing but a person can decide whose it is.
   *
   * @param parts what is contested, for example {@code data.tls.crt}
   * @param owners the field managers that claim them
   */
  record Contested(String detail, List<String> parts, List<String> owners) implements Outcome {
    public Contested {
      parts = List.copyOf(parts);
      owners = List.copyOf(owners);
    }
  }

  record Failed(Failure failure) implements Outcome {}
}
