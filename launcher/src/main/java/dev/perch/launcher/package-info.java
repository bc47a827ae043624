/**
 * {@code perch up} and its siblings: Kafka, PostgreSQL, Keycloak and the services on one machine,
 * for trial and development.
 */
@NullMarked
package dev.perch.launcher;

import org.jspecify.annotations.NullMarked;
