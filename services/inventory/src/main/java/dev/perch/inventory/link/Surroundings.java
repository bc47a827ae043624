package dev.perch.inventory.link;

import dev.perch.inventory.presence.Presences;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/**
 * What every link of this replica needs.
 *
 * @param server the name agents know this Perch by
 * @param threads a new virtual thread for each task
 */
record Surroundings(
    String server,
    LinkConfig config,
    Vertx vertx,
    Executor threads,
    Registry registry,
    Admission admission,
    Presences presences,
    ReportIntake reports,
    DigestCheck digests,
    DocumentFeed documents) {}
