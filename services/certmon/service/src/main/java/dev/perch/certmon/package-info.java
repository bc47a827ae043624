/** Keeps certificates valid. */
@NullMarked
package dev.perch.certmon;

import org.jspecify.annotations.NullMarked;
