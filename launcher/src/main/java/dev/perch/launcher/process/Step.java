package dev.perch.launcher.process;

import java.util.Set;

/** A node of a {@link Plan}: something that begins when everything it needs is done. */
public sealed interface Step permits Part, Task {
  String name();

  /** Names of the steps that must be done (a task) or ready (a part) before. */
  Set<String> needs();
}
