/** Private keys, sealed. */
@NullMarked
package dev.perch.certmon.key;

import org.jspecify.annotations.NullMarked;
