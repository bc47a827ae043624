package dev.perch.tsn.plan.lint;

/** When the first cycle begins, as it is written. */
sealed interface BaseTime {
  /** A number, ns since the clock's epoch, in something that is run or loaded more than once. */
  record Literal(long nanos) implements BaseTime {}

  /** What a device reports: a number there says nothing of how it was made. */
  record Reported(long nanos) implements BaseTime {}

  /** A variable or an expression of the shell. */
  record Computed(String expression) implements BaseTime {}

  /** Left out. */
  record Absent() implements BaseTime {}
}
