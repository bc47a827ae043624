/** A service that the architecture rules are tried on. */
@NullMarked
package dev.perch.beta;

import org.jspecify.annotations.NullMarked;
