package dev.perch.inventory.report;

import java.time.Instant;
import java.util.UUID;

/**
 * Something a host reported, to be taken.
 *
 * @param name the facet or the aspect
 * @param digest the same digest as what is stored: nothing is new
 * @param shape makes the resource of it that is published
 */
public record Reported(Kind kind, UUID host, UUID site, String name, String digest, Shape shape) {

  /** A resource's version and when it was made, together with what was reported. */
  @FunctionalInterface
  public interface Shape {
    /** An object that becomes JSON. */
    Object of(long version, Instant at);
  }
}
