package dev.perch.launcher;

import java.util.stream.Stream;

/** What the exit status says. The same numbers are in {@code ./perch --help}. */
enum Exit {
  DONE(0),
  /** It failed; standard error says what and what to do. */
  FAILED(1),
  /** The command line makes no sense. */
  USAGE(2),
  /** {@code up} while one runs; anything else while none runs. */
  WRONG_MOMENT(3),
  /** {@code status}: something is not ready. */
  NOT_READY(4);

  private final int status;

  Exit(int status) {
    this.status = status;
  }

  /** A status that is none of ours, such as that of a killed JVM, is a failure. */
  static Exit of(int status) {
    return Stream.of(values()).filter(exit -> exit.status == status).findFirst().orElse(FAILED);
  }

  int status() {
    return status;
  }
}
