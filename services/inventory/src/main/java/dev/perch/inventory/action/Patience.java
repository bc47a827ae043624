package dev.perch.inventory.action;

import java.time.Duration;

/**
 * How long hosts are given.
 *
 * @param settle to reach the documents that are wanted, while they are locked
 * @param prove to be heard, once they are unlocked
 * @param beatsHeard for so many of its beats a host has to be heard without a break
 */
record Patience(Duration settle, Duration prove, int beatsHeard) {}
