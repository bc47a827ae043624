/** A service that the architecture rules are tried on. */
@NullMarked
package dev.perch.alpha;

import org.jspecify.annotations.NullMarked;
