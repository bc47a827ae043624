package dev.perch.kit.web.production;

/**
 * Something that must not be so in production.
 *
 * @param property the setting that makes it so, of the service or of a server
 * @param remedy what to do about it; never a secret
 */
public record Danger(String property, String remedy) {
  @Override
  public String toString() {
    return property + ": " + remedy;
  }
}
