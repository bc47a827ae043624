package dev.perch.alpha;

import dev.perch.beta.Neighbour;

/** A service's class that uses another service's. */
public final class Crossing {
  public Neighbour neighbour() {
    return new Neighbour();
  }
}
