/** The inbox against a real Kafka and a real PostgreSQL. */
@NullMarked
package dev.perch.kit.inbox;

import org.jspecify.annotations.NullMarked;
