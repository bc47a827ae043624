/** What CP-SAT (OR-Tools) is asked: whether streams can share a link, and when several might go. */
@NullMarked
package dev.perch.tsn.plan.proof;

import org.jspecify.annotations.NullMarked;
