package dev.perch.tsn.plan.model;

/**
 * One thing that is wrong with a network, a stream or a plan.
 *
 * @param field what is wrong: {@code stream a_f0: frameBytes}
 * @param found the value that was found
 * @param remedy what would be right
 */
public record Violation(String field, String found, String remedy) {
  @Override
  public String toString() {
    return field + " is " + found + "; " + remedy;
  }
}
