/** What the agent must not forget: written whole or not at all, for root only. */
@NullMarked
package dev.perch.agent.state;

import org.jspecify.annotations.NullMarked;
