package dev.perch.contract.link;

import java.util.UUID;

/**
 * 201 of {@code POST /agent/v1/enrol}. The same request again, with the same keys, gets the same
 * answer: an agent that lost it may ask again. Everything else that is wrong is 403 and does not
 * say what; 409 names an active key that must not be replaced.
 *
 * @param hostId who the agent is from now on
 * @param hostName for people
 * @param link how the link is reached
 */
public record EnrolmentAnswer(UUID hostId, UUID siteId, String hostName, LinkSettings link) {}
