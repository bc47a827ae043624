/** Signing in: the device flow, tokens that are kept and refreshed. */
@NullMarked
package dev.perch.cli.login;

import org.jspecify.annotations.NullMarked;
