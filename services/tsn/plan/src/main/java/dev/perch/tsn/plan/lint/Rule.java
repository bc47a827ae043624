package dev.perch.tsn.plan.lint;

import java.util.function.Consumer;

/** Looks at one port for one kind of mistake. */
interface Rule {
  void look(PortSchedule port, Surroundings surroundings, Consumer<Finding> found);
}
