/**
 * Reads schedules that somebody wrote by hand (tc command lines, the kernel's own dump, gate lists
 * in IEEE's YANG) and says what will not work, with the clause and the remedy. Knows nothing of the
 * planner.
 */
@NullMarked
package dev.perch.tsn.plan.lint;

import org.jspecify.annotations.NullMarked;
