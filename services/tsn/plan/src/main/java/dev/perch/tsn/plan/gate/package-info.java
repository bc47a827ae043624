/** From transmissions to gate control lists (IEEE 802.1Q 8.6.8.4, 8.6.9). */
@NullMarked
package dev.perch.tsn.plan.gate;

import org.jspecify.annotations.NullMarked;
