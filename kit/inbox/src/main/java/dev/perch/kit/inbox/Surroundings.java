package dev.perch.kit.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What a subscription takes from the process around it.
 *
 * @param kafka how to connect to Kafka: {@code bootstrap.servers} and security
 * @param patience how long a batch may fail before it is an alarm
 */
record Surroundings(
    DataSource database,
    Map<String, Object> kafka,
    Broker broker,
    Troubles troubles,
    MeterRegistry meters,
    OpenTelemetry telemetry,
    Clock clock,
    Backoff backoff,
    Duration patience) {}
