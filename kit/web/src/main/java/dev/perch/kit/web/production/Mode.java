package dev.perch.kit.web.production;

/** What this Perch is for. */
public enum Mode {
  /** On one machine, to try it; only the launcher and tests say so. */
  TRIAL,
  /** The default: a dangerous configuration stops the start. */
  PRODUCTION
}
