package dev.perch.kit.reconcile.operation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of long work. */
@ConfigMapping(prefix = "perch.operations")
interface OperationConfig {

  /** How many targets one process works on at a time. */
  @WithDefault("32")
  int parallelism();

  /** How long an operation is kept after its end. */
  @WithDefault("90D")
  Duration keep();
}
