package dev.perch.tsn.plan.lint;

/** How much a finding matters. */
public enum Severity {
  /** Refused by the device, or frames are lost or late. */
  ERROR,
  /** Works today, by luck or at a cost. */
  WARNING,
  /** Worth knowing; nothing has to change. */
  NOTE
}
