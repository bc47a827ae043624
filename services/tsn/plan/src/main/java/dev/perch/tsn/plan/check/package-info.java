/**
 * Judges plans, written apart from the planner: an interval sweep over what the plan says, and a
 * simulation of what the gate lists do. Neither shares code with the planner, nor with the other;
 * both go by the contract in {@link dev.perch.tsn.plan.model}.
 */
@NullMarked
package dev.perch.tsn.plan.check;

import org.jspecify.annotations.NullMarked;
