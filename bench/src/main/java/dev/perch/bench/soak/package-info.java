/**
 * The soak of the spine: processes are killed with SIGKILL under load, then everything that was
 * committed must have arrived, in order, gap-free, and nothing else.
 */
@NullMarked
package dev.perch.bench.soak;

import org.jspecify.annotations.NullMarked;
