/** The figures of the agent link: thousands of simulated agents against an inventory that runs. */
@NullMarked
package dev.perch.bench.agents;

import org.jspecify.annotations.NullMarked;
