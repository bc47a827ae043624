package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one use case did to one aggregate, as it will be published: the full resource to the state
 * topic, the change to the log.
 *
 * @param aggregate names the topics and the event types
 * @param key the resource id; the Kafka key and the CloudEvents subject
 * @param version the aggregate's new version, exactly one above the last
 * @param site the CloudEvents extension {@code site}
 * @param what the last word of the log event's type: {@code created}, {@code changed}, {@code
 *     deleted}
 * @param state the full resource as JSON; null publishes a tombstone
 * @param change the log event's value as JSON
 */
public record Change(
    Aggregate aggregate,
    String key,
    long version,
    @Nullable UUID site,
    String what,
    @Nullable String state,
    String change) {}
