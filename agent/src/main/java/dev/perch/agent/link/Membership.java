package dev.perch.agent.link;

import java.util.UUID;

/**
 * Who this host is to Perch, from its enrolment on.
 *
 * @param hostName for people
 */
public record Membership(UUID hostId, UUID siteId, String hostName) {}
