package dev.perch.kit.inbox;

import java.util.UUID;

/**
 * How far a partition was applied, as the database has it.
 *
 * @param topicId Kafka's id of the topic: a topic that was deleted and created again has another
 * @param next the first offset that was not applied
 */
record Position(UUID topicId, long next) {}
