package dev.perch.certmon.secret;

import dev.perch.kit.reconcile.Outcome;

/**
 * What became of publishing to a Secret.
 *
 * @param place as it is to be kept
 * @param next when to look again
 * @param isClusterAway whether the cluster should be asked how it is
 */
record Delivered(SecretPlace place, Verdict verdict, Outcome next, boolean isClusterAway) {

  Delivered(SecretPlace place, Verdict verdict, Outcome next) {
    this(place, verdict, next, false);
  }
}
