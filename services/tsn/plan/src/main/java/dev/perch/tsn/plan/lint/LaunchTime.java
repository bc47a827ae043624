package dev.perch.tsn.plan.lint;

import org.jspecify.annotations.Nullable;

/**
 * An etf qdisc: frames leave at a time the application wrote on them.
 *
 * @param parent the class of the port's root it hangs on, {@code 100:1}
 * @param clock null if none is named
 * @param delta how long before its time a frame is handed on, ns
 * @param offload the device itself waits for the time
 */
record LaunchTime(
    Place place, String parent, @Nullable String clock, long delta, boolean offload) {}
