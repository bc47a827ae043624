/**
 * What the TSN planner reaches, on networks and streams of our own making in the shape of the
 * public benchmark sets.
 */
@NullMarked
package dev.perch.bench.tsn;

import org.jspecify.annotations.NullMarked;
