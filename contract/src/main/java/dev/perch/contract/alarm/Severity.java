package dev.perch.contract.alarm;

/** Perceived severity after ITU-T X.733 §8.1.2.3, worst first. A cleared alarm keeps its last. */
public enum Severity {
  /** Service is lost; act at once. */
  CRITICAL,
  /** Service is badly degraded; act soon. */
  MAJOR,
  /** A fault that takes nothing away yet; act before it grows. */
  MINOR,
  /** A fault may be coming. */
  WARNING
}
