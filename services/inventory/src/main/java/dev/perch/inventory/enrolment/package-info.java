/** How an agent becomes the agent of a host: one-time tokens, public keys, their revocation. */
@NullMarked
package dev.perch.inventory.enrolment;

import org.jspecify.annotations.NullMarked;
