/** Who calls, what they may do, and which paths need no caller. */
@NullMarked
package dev.perch.kit.web.security;

import org.jspecify.annotations.NullMarked;
