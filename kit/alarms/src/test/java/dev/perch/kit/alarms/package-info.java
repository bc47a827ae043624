/** Alarms against a real Kafka and a real PostgreSQL. */
@NullMarked
package dev.perch.kit.alarms;

import org.jspecify.annotations.NullMarked;
