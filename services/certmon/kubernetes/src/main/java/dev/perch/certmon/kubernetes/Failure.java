package dev.perch.certmon.kubernetes;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a cluster did not do what it was asked, by what can be done about it. The detail may be
 * shown; it holds no secret.
 */
public sealed interface Failure {

  String detail();

  /** How long to ask nothing more of this cluster, where it said so. */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** No connection, or no answer in time. */
  record Unreachable(String detail) implements Failure {}

  /** Somebody else answers there, or the cluster's own authority has changed. */
  record Untrusted(String detail) implements Failure {}

  /** 401: the credential is wrong, or is not good any more. */
  record Unauthorised(String detail) implements Failure {}

  /** 403: the credential is known and may not do this. */
  record Forbidden(String detail) implements Failure {}

  /** There is no such namespace, or it is about to go. */
  record NamespaceMissing(String detail) implements Failure {}

  /** The Secret, or the key in it, that holds the password of the stores is not there. */
  record PasswordMissing(String detail) implements Failure {}

  /** The Secret was deleted, and somebody's finalizers keep it; it can be made when it is gone. */
  record Terminating(String detail) implements Failure {}

  /** The cluster will not take this, however often it is asked; the detail says what to change. */
  record Refused(String detail) implements Failure {}

  /** Others changed the Secret at the same time, each time. */
  record Busy(String detail) implements Failure {}

  /** 429: too much is asked of the API server. */
  record Throttled(String detail, Duration pause) implements Failure {
    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(pause);
    }
  }

  /** 5xx: the API server or its etcd is not well. */
  record Unwell(String detail, Optional<Duration> retryAfter) implements Failure {}
}
