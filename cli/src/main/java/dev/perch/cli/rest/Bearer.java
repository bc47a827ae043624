package dev.perch.cli.rest;

import dev.perch.cli.Failure;
import java.io.IOException;

/** Where tokens come from. */
public interface Bearer {
  /**
   * A token that is not known to be bad.
   *
   * @throws Failure if nobody is signed in
   */
  String token() throws Failure, IOException, InterruptedException;

  /**
   * Forgets the token that a service has just refused.
   *
   * @return whether there may be another one
   */
  boolean forget() throws Failure, IOException;

  /** A token that was given by hand. */
  static Bearer fixed(String token) {
    return new Bearer() {
      @Override
      public String token() {
        return token;
      }

      @Override
      public boolean forget() {
        return false;
      }
    };
  }
}
