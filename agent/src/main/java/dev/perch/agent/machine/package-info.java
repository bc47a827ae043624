/** The machine as the kernel's files and a few tools show it; both can be a recording. */
@NullMarked
package dev.perch.agent.machine;

import org.jspecify.annotations.NullMarked;
