package dev.perch.kit.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that can never be applied as it is, and why. */
record Rejected(ConsumerRecord<String, byte[]> record, Fault.Permanent why) {}
