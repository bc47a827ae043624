package dev.perch.kit.web.health;

/**
 * The health group of what a service can do without for a while: its being away is told at {@code
 * /q/health/group/dependencies} and never makes the service unready.
 */
public final class Dependencies {
  public static final String GROUP = "dependencies";

  private Dependencies() {}
}
