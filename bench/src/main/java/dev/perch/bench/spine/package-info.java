/** The benchmark of the spine: REST, outbox, relay, Kafka, consumer. */
@NullMarked
package dev.perch.bench.spine;

import org.jspecify.annotations.NullMarked;
