/** Plans time-aware schedules: the façade of the planner. */
@NullMarked
package dev.perch.tsn.plan;

import org.jspecify.annotations.NullMarked;
