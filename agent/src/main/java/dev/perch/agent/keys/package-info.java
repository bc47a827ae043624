/** Private keys that are made on this host and never leave it. */
@NullMarked
package dev.perch.agent.keys;

import org.jspecify.annotations.NullMarked;
