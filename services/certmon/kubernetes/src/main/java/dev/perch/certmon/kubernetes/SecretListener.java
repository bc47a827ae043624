package dev.perch.certmon.kubernetes;

import java.util.List;

/**
 * Hears what happens to the Secrets of a cluster that hold certificates of ours; our own writes
 * too. Called by one thread, so it should be quick; what it throws is logged and the watch begins
 * anew.
 */
public interface SecretListener {

  /**
   * All there are. What was known and is not among them is gone. Called at the start, and again
   * whenever changes may have been missed.
   */
  void listed(List<WatchedSecret> secrets);

  /** It is new, or has another version. */
  void changed(WatchedSecret secret);

  /** It is gone, or does not say any more that it holds a certificate. */
  void deleted(SecretName name);

  /** Nothing is seen until further notice. The watch goes on trying. */
  void interrupted(Failure failure);
}
