/**
 * The search for places. Streams, links and periods are small integers here, times are {@code int}
 * nanoseconds modulo a period, and what is asked ten thousand times a second lies in flat arrays.
 */
@NullMarked
package dev.perch.tsn.plan.engine;

import org.jspecify.annotations.NullMarked;
