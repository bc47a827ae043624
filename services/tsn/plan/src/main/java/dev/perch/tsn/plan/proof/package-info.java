/** Proofs by CP-SAT (OR-Tools) that streams cannot share a link. */
@NullMarked
package dev.perch.tsn.plan.proof;

import org.jspecify.annotations.NullMarked;
