/**
 * Alarms after ITU-T X.733: raised, changed, cleared and acknowledged. An alarm is a row first, so
 * REST shows it at once and Kafka when it can.
 */
@NullMarked
package dev.perch.kit.alarms;

import org.jspecify.annotations.NullMarked;
