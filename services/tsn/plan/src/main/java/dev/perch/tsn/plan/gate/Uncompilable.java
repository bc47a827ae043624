package dev.perch.tsn.plan.gate;

/**
 * A port's device cannot be told to send this.
 *
 * @param limit which limit of the device it is: {@code listLength}
 * @param needed what the schedule needs at least
 * @param allowed what the device can do
 */
public record Uncompilable(String limit, long needed, long allowed) implements Compiled {}
