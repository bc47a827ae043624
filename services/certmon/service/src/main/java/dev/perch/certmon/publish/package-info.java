/** Bringing certificates to where they are used, and what is known of them there. */
@NullMarked
package dev.perch.certmon.publish;

import org.jspecify.annotations.NullMarked;
