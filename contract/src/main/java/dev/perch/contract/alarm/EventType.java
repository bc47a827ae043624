package dev.perch.contract.alarm;

/** Alarm categories after ITU-T X.733 §8.1.1; the last two are ITU-T X.736's. */
public enum EventType {
  COMMUNICATIONS,
  QUALITY_OF_SERVICE,
  PROCESSING_ERROR,
  EQUIPMENT,
  ENVIRONMENTAL,
  INTEGRITY_VIOLATION,
  SECURITY_SERVICE_OR_MECHANISM_VIOLATION
}
