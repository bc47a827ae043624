package dev.perch.tsn.plan.gate;

/**
 * One frame on a port, once in the cycle.
 *
 * @param begin start of transmission, 0 to cycle - 1
 * @param end when the link is free again; may lie behind the end of the cycle
 * @param lead how long before its start it may be in the queue
 * @param queue of the port
 */
record Window(int begin, int end, int lead, int queue) {}
