package dev.perch.launcher.stack;

/** A user or client, and its password or secret. */
public record Login(String user, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return user;
  }
}
