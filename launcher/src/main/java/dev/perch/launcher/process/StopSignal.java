package dev.perch.launcher.process;

import dev.perch.kit.embedded.Signal;

/** What asks a process to stop in an orderly way. */
public enum StopSignal {
  /** Nearly everybody. */
  TERM,
  /** PostgreSQL: TERM would wait for the last client to leave. */
  INT;

  /** Does nothing if the process is gone. */
  void send(ProcessId process) {
    if (!process.isAlive()) {
      return;
    }
    switch (this) {
      case TERM -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
      case INT -> {
        boolean sent = Signal.INT.send(process.pid());
        assert sent || !process.isAlive();
      }
    }
  }
}
