package dev.perch.tsn.plan.engine;

import java.util.List;

/** A stream with a place for each of its trees. */
record Placed(Demand demand, List<Placement> trees) {}
