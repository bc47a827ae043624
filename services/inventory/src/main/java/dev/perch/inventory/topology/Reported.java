package dev.perch.inventory.topology;

import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.TopologyFacts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one host says of its network; null for what it does not say. */
record Reported(
    UUID host,
    UUID site,
    String name,
    @Nullable NetworkFacts network,
    @Nullable TopologyFacts topology) {}
