/**
 * The agent's end of the link: enrolment, one connection at a time, and what has to be said over
 * it. The protocol is {@link dev.perch.contract.link}.
 */
@NullMarked
package dev.perch.agent.link;

import org.jspecify.annotations.NullMarked;
