package dev.perch.tsn.plan.gate;

/**
 * What one stream sends from a port, every interval.
 *
 * @param interval ns
 * @param start of the first frame, ns
 * @param frames of one interval
 * @param spacing between their starts, ns
 * @param wireTime of one frame, ns
 * @param lead how long before its start the first frame may be in the queue, ns
 * @param patience by how much longer each further frame of the burst waits, ns
 * @param queue of the port
 */
public record Transmission(
    int interval,
    int start,
    int frames,
    int spacing,
    int wireTime,
    int lead,
    int patience,
    int queue) {}
